import { existsSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { CodeKey } from '../../../../infra/data/code-key.ts';
import { KeyRotationRole } from '../../../../infra/roles/key-rotation-role.ts';
import { KeyWatch } from '../../../../infra/watch/key-watch.ts';
import { compilePattern } from '../../../../local/engines/events/pattern.ts';
import { isObject, type JsonObject } from '../../../../local/ground/service.ts';
import { resolveIntrinsics } from '../../../../local/ground/template/intrinsics.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { aScope } from '../../local/ground/template/a-scope.ts';

const ACCOUNT = '111122223333';
const NAME = 'CodeKeyKeyring4EA20756-AbCdEfGhIjKl';
const SECRET_ARN = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:${NAME}-x1Y2z3`;
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/Keys-KeyRotationRole`;

const synthesize = (withTopic = false): Template => {
  const stack = new Stack(anApp(), 'Keys');
  const codeKey = new CodeKey(stack, 'CodeKey');
  const alarmTopic = withTopic
    ? Topic.fromTopicArn(stack, 'Alarms', `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms`)
    : undefined;
  // The watch comes before the role, and must leave the role out all the same.
  const deadLetters = new Queue(stack, 'DeadLetters');
  new KeyWatch(stack, 'KeyWatch', { codeKey, deadLetters, logRetention: RetentionDays.ONE_YEAR, alarmTopic });
  new KeyRotationRole(stack, 'KeyRotationRole', { codeKey });
  return Template.fromStack(stack);
};

const TEMPLATE = synthesize();

const ruleOf = (template: Template): readonly [string, JsonObject] => {
  const [[id, rule] = [], ...others] = Object.entries(template.findResources('AWS::Events::Rule'));
  expect(others).toEqual([]);
  return [String(id), rule?.Properties];
};

/** EventBridge's `wildcard` with an asterisk at both ends, written here because the local bus does not have it. */
const hasName = (value: unknown, [{ wildcard }]: readonly [{ readonly wildcard: string }]): boolean => {
  expect(wildcard).toMatch(/^\*[^*]+\*$/);
  return typeof value === 'string' && value.includes(wildcard.slice(1, -1));
};

/** Whether the rule's pattern, as deployed, matches the call. */
const matches = (call: JsonObject): boolean => {
  const names = Object.fromEntries(
    Object.keys(TEMPLATE.toJSON().Resources).map((id) => [
      id,
      id.startsWith('CodeKeyKeyring')
        ? { ref: SECRET_ARN, attributes: {} }
        : { ref: id, attributes: { Arn: id.startsWith('KeyRotationRole') ? ROLE_ARN : id } },
    ]),
  );
  const pattern = resolveIntrinsics(ruleOf(TEMPLATE)[1].EventPattern, aScope(names)) as JsonObject;
  const { $or, ...detail } = pattern.detail as JsonObject;
  const [byRequest, byMessage] = $or as readonly [
    { readonly requestParameters: { readonly secretId: [{ wildcard: string }] } },
    { readonly errorMessage: [{ wildcard: string }] },
  ];
  const event = {
    source: 'aws.secretsmanager',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventSource: 'secretsmanager.amazonaws.com', eventName: 'GetSecretValue', ...call },
  };
  const { secretId } = isObject(call.requestParameters) ? call.requestParameters : {};
  const isOurs =
    hasName(secretId, byRequest.requestParameters.secretId) ||
    hasName(call.errorMessage, byMessage.errorMessage);
  return compilePattern({ ...pattern, detail })(event) && isOurs;
};

const sessionOf = (role: string) => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/session`,
  sessionContext: { sessionIssuer: { type: 'Role', arn: role } },
});
const ADMIN = sessionOf(`arn:aws:iam::${ACCOUNT}:role/Admin`);
const USER = { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/someone` };
const asked = { secretId: SECRET_ARN };

describe('the rule', () => {
  it.each<[string, JsonObject]>([
    ['by a role that has no business with them', { userIdentity: ADMIN, requestParameters: asked }],
    ['by a user', { userIdentity: USER, requestParameters: asked }],
    [
      'by CloudFormation for somebody who deploys, whom the policy lets read',
      { userIdentity: { ...ADMIN, invokedBy: 'cloudformation.amazonaws.com' }, requestParameters: asked },
    ],
    ['by the account’s root', { userIdentity: { type: 'Root' }, requestParameters: asked }],
    ['by the secret’s name', { userIdentity: ADMIN, requestParameters: { secretId: NAME } }],
    [
      'by a part of its ARN',
      { userIdentity: ADMIN, requestParameters: { secretId: SECRET_ARN.slice(0, -7) } },
    ],
    [
      'that was denied, with the name in the message only',
      {
        userIdentity: ADMIN,
        errorCode: 'AccessDenied',
        errorMessage: `not authorized to perform: secretsmanager:GetSecretValue on resource: ${NAME}`,
      },
    ],
    ['to write them', { userIdentity: ADMIN, eventName: 'UpdateSecret', requestParameters: asked }],
  ])('hears of a call for the keys %s', (_, call) => {
    expect(matches(call)).toBe(true);
  });

  it.each<[string, JsonObject]>([
    ['the rotation', { userIdentity: sessionOf(ROLE_ARN), requestParameters: asked }],
    ['a call for another secret', { userIdentity: ADMIN, requestParameters: { secretId: 'other' } }],
    [
      'a call that shows no keys',
      { userIdentity: ADMIN, eventName: 'DescribeSecret', requestParameters: asked },
    ],
  ])('does not hear of %s', (_, call) => {
    expect(matches(call)).toBe(false);
  });

  it('sees calls that read, which a rule that is merely enabled does not', () => {
    const [, rule] = ruleOf(TEMPLATE);

    expect(rule.State).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
  });

  it('writes down which call it was and where to look it up, and nothing else of the event', () => {
    const [, { Targets }] = ruleOf(TEMPLATE);
    const [{ InputTransformer }, ...others] = Targets as readonly [{ InputTransformer: JsonObject }];

    expect(others).toEqual([]);
    expect(Object.values(InputTransformer.InputPathsMap as JsonObject).toSorted()).toEqual([
      '$.detail.eventID',
      '$.detail.eventName',
      '$.detail.sourceIPAddress',
      '$.time',
    ]);
    expect(InputTransformer.InputTemplate).toMatch(/^\{"timestamp": <timestamp>, "message": "[^"]+"\}$/);
  });
});

describe('the log', () => {
  it('is written by EventBridge and kept as long as the others', () => {
    const [logId] = Object.keys(TEMPLATE.findResources('AWS::Logs::LogGroup'));
    const [, { Targets }] = ruleOf(TEMPLATE);

    TEMPLATE.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/events/Keys-key-watch',
      RetentionInDays: 365,
      ResourcePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
            Resource: { 'Fn::Join': ['', Match.arrayWith([':log-group:/aws/events/Keys-key-watch:*'])] },
          }),
        ],
      },
    });
    expect(JSON.stringify(Targets)).toContain(`{"Ref":"${logId}"}`);
  });

  it('needs none of the ten policies that all stacks of an account share', () => {
    TEMPLATE.resourceCountIs('AWS::Logs::ResourcePolicy', 0);
  });
});

describe('the alarm', () => {
  it('goes off on the first such call, and leads to a page that is there', () => {
    const [ruleId] = ruleOf(TEMPLATE);

    TEMPLATE.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Keys-key-read',
      Namespace: 'AWS/Events',
      MetricName: 'TriggeredRules',
      Dimensions: [{ Name: 'RuleName', Value: { Ref: ruleId } }],
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
    const [alarm] = Object.values(TEMPLATE.findResources('AWS::CloudWatch::Alarm'));
    const { AlarmDescription } = alarm?.Properties ?? {};
    expect(AlarmDescription).toMatch(/^\[page\] [^.]+\. Runbook: docs\/runbooks\/key-read\.md$/);
    expect(existsSync(new URL('../../../../docs/runbooks/key-read.md', import.meta.url))).toBe(true);
  });

  it('notifies the topic, if there is one', () => {
    const [alarm] = Object.values(synthesize(true).findResources('AWS::CloudWatch::Alarm'));

    expect(alarm?.Properties.AlarmActions).toEqual([`arn:aws:sns:eu-west-1:${ACCOUNT}:alarms`]);
  });
});
