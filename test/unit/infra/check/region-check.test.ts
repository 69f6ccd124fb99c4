import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkRegions, type GivenResources } from '../../../../infra/check/region-check.ts';
import { SettingsError } from '../../../../infra/settings/settings.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { aFunction, warningsOf } from './a-shop.ts';

afterEach(() => vi.unstubAllEnvs());

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:alarms';

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:claims';

const byArn = (stack: Stack): GivenResources => ({
  encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN),
  alarmTopic: Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN),
  preTokenGeneration: LambdaFunction.fromFunctionArn(stack, 'Claims', FUNCTION_ARN),
});

const aStackIn = (region?: string) =>
  new Stack(anApp(), 'Shop', region === undefined ? {} : { env: { region, account: '111122223333' } });

describe('a key, a topic and a function of another region than the stack', () => {
  it('are refused, all at once, with both regions', () => {
    const stack = aStackIn('us-east-1');
    const given = byArn(stack);
    const check = () => checkRegions(stack, given);

    expect(check).toThrow(SettingsError);
    expect(check).toThrow(
      '- encryptionKey is in eu-west-1, but has to be in us-east-1, the region of the stack',
    );
    expect(check).toThrow(
      '- alarmTopic is in eu-west-1, but has to be in us-east-1, the region of the stack',
    );
    expect(check).toThrow(
      '- preTokenGeneration is in eu-west-1, but has to be in us-east-1, the region of the stack',
    );
  });

  it('are warned of if the stack goes to whatever region the command line finds', () => {
    vi.stubEnv('CDK_DEFAULT_REGION', 'us-east-1');
    const stack = aStackIn();
    checkRegions(stack, byArn(stack));

    expect(warningsOf({ app: stack.node.root as ReturnType<typeof anApp> })).toEqual([
      expect.stringMatching(
        /^encryptionKey is in eu-west-1, .* us-east-1.* \[ack: .*EmailOtp-OtherRegion\]$/,
      ),
      expect.stringMatching(/^alarmTopic is in eu-west-1/),
      expect.stringMatching(/^preTokenGeneration is in eu-west-1/),
    ]);
  });

  it('are refused if another stack makes them there, too', () => {
    const stack = aStackIn('us-east-1');
    const other = new Stack(stack.node.scope as ReturnType<typeof anApp>, 'Other', {
      env: { region: 'eu-west-1', account: '111122223333' },
    });

    const given = {
      encryptionKey: new Key(other, 'Key'),
      alarmTopic: undefined,
      preTokenGeneration: aFunction(other, 'Claims'),
    };

    expect(() => checkRegions(stack, given)).toThrow('encryptionKey is in eu-west-1');
    expect(() => checkRegions(stack, given)).toThrow('preTokenGeneration is in eu-west-1');
  });
});

describe('nothing is said', () => {
  it.each([
    ['of the same region', 'eu-west-1', 'us-east-1'],
    ['where the command line finds that region', undefined, 'eu-west-1'],
    ['where nobody knows the region yet', undefined, ''],
  ])('%s', (_, region, defaultRegion) => {
    vi.stubEnv('CDK_DEFAULT_REGION', defaultRegion || undefined);
    const stack = aStackIn(region);
    checkRegions(stack, byArn(stack));

    expect(warningsOf({ app: stack.node.root as ReturnType<typeof anApp> })).toEqual([]);
  });

  it('of resources of the stack itself', () => {
    vi.stubEnv('CDK_DEFAULT_REGION', 'eu-west-1');
    const stack = aStackIn();
    checkRegions(stack, {
      encryptionKey: new Key(stack, 'Key'),
      alarmTopic: new Topic(stack, 'Topic'),
      preTokenGeneration: aFunction(stack, 'Claims'),
    });

    expect(warningsOf({ app: stack.node.root as ReturnType<typeof anApp> })).toEqual([]);
  });
});
