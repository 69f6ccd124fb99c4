/** Workflow task GenerateAndSendCode: derives the code and mails it in one step, so that no state holds the code. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createAddressKeySource, createKeySource } from '../../shared/lambda/key-source.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { SENDING_CLIENT, TRIGGER_CLIENT } from '../../shared/lambda/sdk-client.ts';
import type { DeliveryTask } from '../../shared/messages/delivery.ts';
import { isNoticeTask, type NoticeTask } from '../../shared/messages/notice.ts';
import { createChallengeStore } from '../../shared/table/challenge-store.ts';
import { envSchema } from './config.ts';
import { type Dependencies, deliver } from './deliver.ts';
import { deliverNotice, type NoticeDependencies } from './deliver-notice.ts';
import { createNoticeStore } from './notice-store.ts';
import { BESIDE_THE_CODE, readMailSettings } from './read-mail-settings.ts';
import { createSendMail } from './send-mail.ts';

const COMPONENT = 'deliver-code';
const config = readConfig(envSchema, process.env);
const mail = readMailSettings(config.mailFile ?? BESIDE_THE_CODE);
const sender = {
  from: config.emailSender,
  configurationSet: config.configurationSet,
  replyTo: mail.brand?.replyTo,
};
const secrets = new SecretsManagerClient(TRIGGER_CLIENT);
const database = new DynamoDBClient(TRIGGER_CLIENT);
const both = {
  addressKey: createAddressKeySource(secrets, config.addressKeySecretArn, Date.now),
  sendMail: createSendMail(new SESv2Client(SENDING_CLIENT), sender),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
};
const codes: Dependencies = {
  ...both,
  challenges: createChallengeStore(database, config.tableName),
  keyFor: createKeySource(secrets, config.keySecretArn, Date.now),
  codeLength: config.codeLength,
  mail,
  reportUrl: config.reportUrl,
};
const notices: NoticeDependencies = {
  ...both,
  notices: createNoticeStore(database, config.tableName),
  mail,
};

/** What the execution asks for, whoever started it. */
const idsIn = (event: unknown) => {
  const asked = isNoticeTask(event) ? (event as NoticeTask).input : event;
  const { userId, challengeId, delivery, execution } = asked as Partial<DeliveryTask>;
  return { userId, challengeId, delivery, execution };
};

export const handler = withBoundary(
  COMPONENT,
  async (event: unknown, { awsRequestId }) => {
    const delivered = isNoticeTask(event)
      ? await deliverNotice(notices, event, awsRequestId)
      : await deliver(codes, event, awsRequestId);

    return { result: delivered, report: { outcome: delivered.kind, messageId: delivered.messageId } };
  },
  idsIn,
);
