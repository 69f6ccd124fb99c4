import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { reportEnvSchema } from '../../../../services/record-feedback/config.ts';
import { readConfig } from '../../../../shared/lambda/config.ts';
import { stackTemplate } from '../../../support/infra/templates.ts';

const template = stackTemplate({ reportLink: 'true', reportLock: '20', tracing: 'true' });

const functionsOf = (construct: string) =>
  Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) => id.startsWith(construct));
const [[functionId, { Properties: taking }] = ['', { Properties: {} }]] = functionsOf('TakeReport');
const FUNCTION = { 'Fn::GetAtt': [functionId, 'Arn'] };

describe('the function behind the link "this was not me"', () => {
  it('is there by setting only', () => {
    const without = stackTemplate();

    without.resourceCountIs('AWS::Lambda::Url', 0);
    expect(JSON.stringify(without.toJSON())).not.toContain('REPORT_URL');
  });

  it('can be called by everybody, through its URL only', () => {
    template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: FUNCTION });
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission'))
      .map(({ Properties }) => Properties)
      .filter(({ Principal }) => Principal === '*');

    expect(permissions).toEqual([
      {
        Action: 'lambda:InvokeFunctionUrl',
        FunctionName: FUNCTION,
        Principal: '*',
        FunctionUrlAuthType: 'NONE',
      },
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: FUNCTION,
        Principal: '*',
        InvokedViaFunctionUrl: true,
      },
    ]);
  });

  it('leaves the triggers their concurrency, and no trace of its URLs', () => {
    expect(taking).toMatchObject({
      ReservedConcurrentExecutions: 5,
      Handler: 'record-feedback.reportHandler',
    });
    expect(taking.TracingConfig).toBeUndefined();
  });

  it('knows the table and its limit, and no key', () => {
    const { Variables } = taking.Environment;
    const texts = Object.entries(Variables).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);

    expect(Object.keys(Variables).toSorted()).toEqual([
      'METRICS_NAMESPACE',
      'REPORT_LOCK_SECONDS',
      'TABLE_NAME',
    ]);
    expect(readConfig(reportEnvSchema, Object.fromEntries(texts))).toMatchObject({ reportLock: 1200 });
  });

  it('may update what a report changes of users, and nothing else', () => {
    const [[, policy] = []] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('TakeReport'),
    );

    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'dynamodb:UpdateItem',
        Resource: expect.anything(),
        Condition: {
          'ForAllValues:StringLike': {
            'dynamodb:Attributes': [
              ...['pk', 'sk', 'report#*', 'outcome', 'openShard', 'events'],
              ...['version', 'latest', 'blockedUntil', 'block#1', 'block#2', 'block#3'],
            ],
            'dynamodb:LeadingKeys': ['USER#*'],
          },
        },
      },
    ]);
  });

  it('is named in the environment of the function that writes the links', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          REPORT_URL: { 'Fn::GetAtt': [Match.stringLikeRegexp('^TakeReportUrl'), 'FunctionUrl'] },
        },
      },
    });
  });
});
