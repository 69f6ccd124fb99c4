/** Lets alarms reach a topic that is encrypted. CloudWatch says nothing if it may not use the topic's key. */
import type { CfnResource } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { warn } from '../check/problem.ts';
import { propertiesOf } from '../check/synthesized.ts';

/** Whether the app encrypts the topic, also where it does so by an override. Of a topic by its ARN nobody can tell. */
const isEncrypted = (topic: ITopic): boolean => {
  const resource = topic.node.defaultChild as CfnResource | undefined;
  return (
    topic.masterKey !== undefined ||
    (resource !== undefined && propertiesOf(resource).KmsMasterKeyId !== undefined)
  );
};

/** Grants CloudWatch the key where the app has it, and otherwise says at synthesis what is missing. */
export const letAlarmsPublish = (topic: ITopic): void => {
  const granted = topic.masterKey?.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  if (granted?.statementAdded) return;
  topic.node.addValidation({
    validate: () => {
      if (!isEncrypted(topic)) return [];
      warn({
        at: topic.node.defaultChild ?? topic,
        id: 'EmailOtp-EncryptedTopic',
        text:
          `The alarm topic ${topic.node.path} is encrypted with a key whose policy is not in this app, so alarms may be dropped ` +
          'without a word. The policy has to allow cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey*; the key ' +
          'alias/aws/sns cannot be used, because its policy is AWS’s own',
      });
      return [];
    },
  });
};
