import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { type CfnTopic, type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { letAlarmsPublish } from '../../../../infra/watch/alarm-topic.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { warningsOf } from '../check/a-shop.ts';

const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const shopWith = (makeTopic: (stack: Stack) => ITopic) => {
  const app = anApp();
  const stack = new Stack(app, 'Shop');
  letAlarmsPublish(makeTopic(stack));
  return { app, stack };
};

it('CloudWatch may use the key of a topic, where the app has its policy', () => {
  const shop = shopWith((stack) => new Topic(stack, 'Alarms', { masterKey: new Key(stack, 'Key') }));

  expect(warningsOf(shop)).toEqual([]);
  Template.fromStack(shop.stack).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        }),
      ]),
    },
  });
});

describe('a topic whose key has its policy elsewhere', () => {
  it.each<[string, (stack: Stack) => ITopic]>([
    [
      'by the key’s ARN',
      (stack) => new Topic(stack, 'Alarms', { masterKey: Key.fromKeyArn(stack, 'Key', KEY_ARN) }),
    ],
    [
      'by AWS’s own key',
      (stack) =>
        new Topic(stack, 'Alarms', { masterKey: Alias.fromAliasName(stack, 'Key', 'alias/aws/sns') }),
    ],
    [
      'by both ARNs',
      (stack) => Topic.fromTopicAttributes(stack, 'Alarms', { topicArn: TOPIC_ARN, keyArn: KEY_ARN }),
    ],
    [
      'by an override that comes later',
      (stack) => {
        const topic = new Topic(stack, 'Alarms');
        (topic.node.defaultChild as CfnTopic).addPropertyOverride('KmsMasterKeyId', 'alias/aws/sns');
        return topic;
      },
    ],
  ])('is named, with what its policy has to allow: %s', (_, makeTopic) => {
    expect(warningsOf(shopWith(makeTopic))).toEqual([
      expect.stringMatching(/^The alarm topic Shop\/Alarms .* cloudwatch\.amazonaws\.com kms:Decrypt/),
    ]);
  });
});

it('nothing is said of a topic without encryption, or by its ARN alone', () => {
  expect(warningsOf(shopWith((stack) => new Topic(stack, 'Alarms')))).toEqual([]);
  expect(warningsOf(shopWith((stack) => Topic.fromTopicArn(stack, 'Alarms', TOPIC_ARN)))).toEqual([]);
});
