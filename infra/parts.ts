/** The resources of the second factor. They know nothing of the user pool, but for the time that it waits for an answer. */
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DkimRecord } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { AddressKey } from './data/address-key.ts';
import { AuditArchive } from './data/audit-archive.ts';
import { ChallengeTable } from './data/challenge-table.ts';
import { CodeKey } from './data/code-key.ts';
import { MailSender } from './data/mail-sender.ts';
import { CreateAuthChallenge } from './functions/create-auth-challenge.ts';
import { DefineAuthChallenge } from './functions/define-auth-challenge.ts';
import { DeliverCode } from './functions/deliver-code.ts';
import { DeliveryWorkflow } from './functions/delivery-workflow.ts';
import { GuardTokens } from './functions/guard-tokens.ts';
import { RecordFeedback } from './functions/record-feedback.ts';
import { SweepChallenges } from './functions/sweep-challenges.ts';
import { VerifyAuthChallenge } from './functions/verify-auth-challenge.ts';
import { AuditorRole } from './roles/auditor-role.ts';
import { KeyRotationRole } from './roles/key-rotation-role.ts';
import { UnlockRole } from './roles/unlock-role.ts';
import type { Settings } from './settings/settings.ts';
import { letAlarmsPublish } from './watch/alarm-topic.ts';
import { DeliveryAlarms } from './watch/delivery-alarms.ts';
import { DeliveryDashboard } from './watch/delivery-dashboard.ts';
import { KeyWatch } from './watch/key-watch.ts';
import type { Triggers, Watched } from './watch/watched.ts';

export interface PartsProps {
  readonly settings: Settings;
  readonly encryptionKey: IKey | undefined;
  readonly alarmTopic: ITopic | undefined;
  /** The shortest time that Cognito waits for a code in a client of the pool, in seconds as text. */
  readonly sessionValiditySeconds: string;
  /** The app's own function; guard-tokens calls it. */
  readonly preTokenGeneration: IFunction | undefined;
}

export interface Parts {
  /** The pool has to call these. */
  readonly triggers: Triggers;
  readonly table: TableV2;
  readonly stateMachine: StateMachine;
  readonly deadLetters: Queue;
  readonly auditorRole: Role;
  readonly keyring: Secret;
  readonly keyRotationRole: Role;
  readonly unlockRole: Role;
  readonly archiveBucket: Bucket | undefined;
  readonly alarms: readonly Alarm[];
  readonly dashboard: Dashboard;
  readonly dkimRecords: readonly DkimRecord[];
}

/** What is kept: the trail, the keys of codes and of hashes, and the identity that mails come from. */
const createData = (scope: Construct, { settings, encryptionKey }: PartsProps) => {
  const table = new ChallengeTable(scope, 'ChallengeTable', { ...settings, key: encryptionKey });
  return {
    table,
    codeKey: new CodeKey(scope, 'CodeKey'),
    addressKey: new AddressKey(scope, 'AddressKey'),
    sender: new MailSender(scope, 'MailSender', { settings }),
    archive: settings.auditArchive ? new AuditArchive(scope, 'AuditArchive', { table, settings }) : undefined,
  };
};

type Data = ReturnType<typeof createData>;

/** What works off the sign-in path: the workflow, what records feedback, and the sweep. */
const createDelivery = (scope: Construct, { settings }: PartsProps, data: Data) => {
  const deliverCode = new DeliverCode(scope, 'DeliverCode', { ...data, settings });
  const workflow = new DeliveryWorkflow(scope, 'DeliveryWorkflow', { ...data, deliverCode, settings });
  const { deadLetters } = new RecordFeedback(scope, 'RecordFeedback', { ...data, settings });
  const { function: sweep } = new SweepChallenges(scope, 'SweepChallenges', {
    ...data,
    deadLetters,
    settings,
  });
  return { workflow, deadLetters, sweep };
};

const createTriggers = (
  scope: Construct,
  { settings, sessionValiditySeconds, preTokenGeneration }: PartsProps,
  data: Data,
  workflow: DeliveryWorkflow,
): Triggers => {
  const createProps = { ...data, workflow, settings, sessionValiditySeconds };
  const guardProps = { ...data, settings, preTokenGeneration };
  return {
    'define-auth-challenge': new DefineAuthChallenge(scope, 'DefineAuthChallenge', { settings }).function,
    'create-auth-challenge': new CreateAuthChallenge(scope, 'CreateAuthChallenge', createProps).function,
    'verify-auth-challenge': new VerifyAuthChallenge(scope, 'VerifyAuthChallenge', { ...data, settings })
      .function,
    'guard-tokens': new GuardTokens(scope, 'GuardTokens', guardProps).function,
  };
};

const createRoles = (scope: Construct, data: Data) => ({
  auditorRole: new AuditorRole(scope, 'AuditorRole', data).role,
  keyRotationRole: new KeyRotationRole(scope, 'KeyRotationRole', data).role,
  unlockRole: new UnlockRole(scope, 'UnlockRole', data).role,
});

const createWatch = (
  scope: Construct,
  { settings: { logRetention }, alarmTopic }: PartsProps,
  { codeKey }: Data,
  watched: Watched,
) => {
  if (alarmTopic) letAlarmsPublish(alarmTopic);
  const { deadLetters } = watched;
  const keyWatch = new KeyWatch(scope, 'KeyWatch', { codeKey, deadLetters, logRetention, alarmTopic });
  const delivery = new DeliveryAlarms(scope, 'DeliveryAlarms', { ...watched, alarmTopic });
  const alarms = [...delivery.all, keyWatch.alarm];
  const { dashboard } = new DeliveryDashboard(scope, 'DeliveryDashboard', { ...watched, alarms });
  return { alarms, dashboard };
};

/** Creates the resources below `scope`. `settings` must be checked and complete, as `checkSettings` returns them. */
export const createParts = (scope: Construct, props: PartsProps): Parts => {
  const data = createData(scope, props);
  const { workflow, deadLetters, sweep } = createDelivery(scope, props, data);
  const triggers = createTriggers(scope, props, data, workflow);
  const { stateMachine } = workflow;
  const archiveDeadLetters = data.archive?.deadLetters;
  return {
    triggers,
    table: data.table.table,
    stateMachine,
    deadLetters,
    keyring: data.codeKey.secret,
    archiveBucket: data.archive?.bucket,
    dkimRecords: data.sender.dkimRecords,
    ...createRoles(scope, data),
    ...createWatch(scope, props, data, { triggers, stateMachine, sweep, deadLetters, archiveDeadLetters }),
  };
};
