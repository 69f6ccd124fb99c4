import { readFileSync } from 'node:fs';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { NoticeTask } from '../../../shared/messages/notice.ts';
import { aStack } from '../../support/infra/templates.ts';
import { CONTEXT } from '../../support/sign-in/trigger.ts';
import { ADDRESS_HASH, EMAIL, REF } from '../../support/table/challenges.ts';
import { aSystem } from '../local/engines/step-functions/step-functions-system.ts';

// A deployment that turns the notices on changes deliver-code, the workflow and verify-auth-challenge one after the other, and takes
// them back in the same order if it fails. So for some seconds a notice may come to parts that know none.

const OLD_BUNDLE = '../../upgrade/c5286e8/deliver-code.mjs';
const OLD_WORKFLOW = new URL('../../upgrade/c5286e8/delivery-workflow.asl.json', import.meta.url);

const INPUT = {
  ...{ kind: 'notice', notice: 'wrongCodes', ...REF, email: EMAIL, locale: 'de' },
  addressHash: ADDRESS_HASH,
};

afterEach(() => vi.unstubAllEnvs());

describe('a notice that comes to the release before', () => {
  test('is refused by its deliver-code before any call, under a name that leaves no trace in the trail', async () => {
    const environment = {
      TABLE_NAME: 'challenges',
      METRICS_NAMESPACE: 'EmailOtp',
      KEY_SECRET_ARN: 'arn:secret',
      CONFIGURATION_SET: 'otp-mail',
      EMAIL_SENDER: 'otp@example.com',
      CODE_LENGTH: '6',
      AWS_REGION: 'us-east-1',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { handler } = await import(OLD_BUNDLE);
    const task: NoticeTask = { kind: 'notice', input: INPUT, retries: 0 };

    await expect(handler(task, CONTEXT)).rejects.toMatchObject({ name: 'InvalidDelivery' });
  });

  test('ends its workflow before the task: no code is mailed, and no failure is written', async () => {
    const writes: unknown[] = [];
    const callService = async (...call: readonly unknown[]) => {
      writes.push(call);
      return {};
    };
    const system = aSystem(JSON.parse(readFileSync(OLD_WORKFLOW, 'utf8')), { callService });

    const { status } = await system.run(INPUT);

    expect(status).toBe('FAILED');
    expect([system.events, writes]).toEqual([[], []]);
  });
});

test('a deployment changes deliver-code first, then the workflow, and verify-auth-challenge last', () => {
  const template = Template.fromStack(aStack({ notices: true }));
  const idOf = (type: string, properties: object) =>
    Object.keys(template.findResources(type, { Properties: properties }))[0] ?? expect.unreachable(type);
  const machine = idOf('AWS::StepFunctions::StateMachine', {});
  const deliverCode = idOf('AWS::Lambda::Function', {
    Environment: { Variables: { EMAIL_SENDER: Match.anyValue() } },
  });

  // CloudFormation changes what a resource refers to before the resource.
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { STATE_MACHINE_ARN: { Ref: machine }, KEY_SECRET_ARN: Match.anyValue() } },
  });
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    DefinitionSubstitutions: { DeliverCodeArn: { 'Fn::GetAtt': [deliverCode, 'Arn'] } },
  });
});
