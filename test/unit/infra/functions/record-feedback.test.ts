import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { SWEEP_GRACE_SECONDS } from '../../../../shared/domain/limits.ts';
import { FEEDBACK_TYPES } from '../../../../shared/messages/feedback.ts';
import { stackTemplate } from '../../../support/infra/templates.ts';

const template = stackTemplate();

interface Transformer {
  readonly InputPathsMap: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

interface RuleProperties {
  readonly EventPattern: {
    readonly source: readonly string[];
    readonly detail: { readonly mail: { readonly tags: Readonly<Record<string, readonly unknown[]>> } };
  };
  readonly Targets: readonly { readonly InputTransformer: Transformer }[];
}

const rules = Object.entries(template.findResources('AWS::Events::Rule'))
  .filter(([id]) => id.startsWith('RecordFeedback'))
  .map(([, { Properties }]) => Properties as RuleProperties);
const transformers = rules.map(({ Targets }) => Targets[0]?.InputTransformer as Transformer);

describe('the rules for what SES reports', () => {
  it('are one for each type that the function reads', () => {
    const types = transformers.map(({ InputTemplate }) => /"eventType":"(\w+)"/.exec(InputTemplate)?.[1]);

    expect(types.toSorted()).toEqual(FEEDBACK_TYPES.toSorted());
  });

  it('take events of the stack’s own configuration set only', () => {
    const [set] = Object.keys(template.findResources('AWS::SES::ConfigurationSet'));

    for (const { EventPattern } of rules) {
      expect(EventPattern.source).toEqual(['aws.ses']);
      expect(EventPattern.detail.mail.tags).toEqual({ 'ses:configuration-set': [{ Ref: set }] });
    }
  });

  it('pass on nothing that holds an address or the mail’s subject', () => {
    const paths = transformers.flatMap(({ InputPathsMap }) => Object.values(InputPathsMap));

    expect([...new Set(paths)].toSorted()).toEqual([
      '$.detail.bounce.bounceSubType',
      '$.detail.bounce.bounceType',
      '$.detail.bounce.timestamp',
      '$.detail.complaint.timestamp',
      '$.detail.delivery.processingTimeMillis',
      '$.detail.delivery.smtpResponse',
      '$.detail.delivery.timestamp',
      '$.detail.deliveryDelay.delayType',
      '$.detail.deliveryDelay.timestamp',
      '$.detail.mail.messageId',
      '$.detail.mail.tags',
      '$.detail.mail.timestamp',
      '$.detail.reject.reason',
    ]);
  });

  it('have their events published by the configuration set, and no opens or clicks', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['send', 'delivery', 'deliveryDelay', 'bounce', 'complaint', 'reject'],
      },
    });
  });
});

describe('what cannot be processed', () => {
  it('is tried three times and then waits two weeks in an encrypted queue', () => {
    const [queue] = Object.keys(template.findResources('AWS::SQS::Queue'));

    template.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
  });
});

describe('the sweep', () => {
  it('finds what was never mailed within two minutes of its expiry: the time between runs, and the grace', () => {
    const schedules = Object.values(template.findResources('AWS::Events::Rule')).flatMap(
      ({ Properties }) => Properties.ScheduleExpression ?? [],
    );
    const minutes = Number(/^rate\((\d+) minutes?\)$/.exec(schedules[0])?.[1]);

    expect(schedules).toHaveLength(1);
    expect(minutes * 60 + SWEEP_GRACE_SECONDS).toBeLessThan(120);
  });

  it('runs each minute and reads the index of open challenges, not the table', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
    });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      GlobalSecondaryIndexes: [
        { IndexName: 'open', Projection: { ProjectionType: 'KEYS_ONLY' }, KeySchema: Match.anyValue() },
      ],
    });
    const [table] = Object.keys(template.findResources('AWS::DynamoDB::GlobalTable'));
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('SweepChallenges'),
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'dynamodb:Query',
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [table, 'Arn'] }, '/index/open']] },
          }),
        ]),
      },
    });
  });
});
