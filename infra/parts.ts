/** The resources of the second factor. They know nothing of the user pool, but for the time that it waits for an answer, and who looks at it. */
import type { Duration } from 'aws-cdk-lib';
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
import type { ReportingClients } from '../shared/clients/reporting-clients.ts';
import type { AttachmentOrder } from '../shared/deployment/attachment.ts';
import { AddressKey } from './data/address-key.ts';
import { AuditArchive } from './data/audit-archive.ts';
import { ChallengeTable } from './data/challenge-table.ts';
import { CodeKey } from './data/code-key.ts';
import type { MailFromRecord } from './data/mail-from-record.ts';
import { MailSender } from './data/mail-sender.ts';
import { CheckPool } from './functions/check-pool.ts';
import { CreateAuthChallenge } from './functions/create-auth-challenge.ts';
import { DefineAuthChallenge } from './functions/define-auth-challenge.ts';
import { DeliverCode } from './functions/deliver-code.ts';
import { DeliveryWorkflow } from './functions/delivery-workflow.ts';
import { GuardTokens } from './functions/guard-tokens.ts';
import { RecordFeedback } from './functions/record-feedback.ts';
import { SweepChallenges } from './functions/sweep-challenges.ts';
import { VerifyAuthChallenge } from './functions/verify-auth-challenge.ts';
import { TakeReport } from './report/take-report.ts';
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
  /** The clients that get tokens without a code, each until its time, as `readReportingClients` returns them. */
  readonly reportingClients?: ReportingClients | undefined;
  /** Whether clients of the pool may have records of tokens without a code. */
  readonly tracksClients?: boolean | undefined;
  /** Undefined: nobody looks at the pool. */
  readonly poolWatch?: PoolWatch | undefined;
}

/** How a function looks whether the pool is as it should be. */
export interface PoolWatch {
  readonly poolArn: string;
  readonly every: Duration;
  /** What the pool should be like with these triggers. */
  readonly orderOf: (triggers: Triggers) => AttachmentOrder;
}

export interface Parts {
  /** The pool has to call these. */
  readonly triggers: Triggers;
  readonly table: TableV2;
  /** The same table, with what may be granted on it. */
  readonly challenges: ChallengeTable;
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
  readonly mailFromRecords: readonly MailFromRecord[];
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
  const takeReport = settings.reportLink
    ? new TakeReport(scope, 'TakeReport', { ...data, settings })
    : undefined;
  const deliverCode = new DeliverCode(scope, 'DeliverCode', { ...data, settings, takeReport });
  const workflow = new DeliveryWorkflow(scope, 'DeliveryWorkflow', { ...data, deliverCode, settings });
  const { deadLetters } = new RecordFeedback(scope, 'RecordFeedback', { ...data, settings });
  const { function: sweep } = new SweepChallenges(scope, 'SweepChallenges', {
    ...data,
    deadLetters,
    settings,
  });
  return { workflow, deadLetters, sweep, reports: takeReport?.function };
};

const createTriggers = (
  scope: Construct,
  { settings, sessionValiditySeconds, preTokenGeneration, reportingClients, tracksClients }: PartsProps,
  data: Data,
  workflow: DeliveryWorkflow,
): Triggers => {
  const createProps = { ...data, workflow, settings, sessionValiditySeconds };
  const verifyProps = { ...data, workflow, settings };
  const guardProps = { ...data, settings, preTokenGeneration, reportingClients, tracksClients };
  return {
    'define-auth-challenge': new DefineAuthChallenge(scope, 'DefineAuthChallenge', { settings }).function,
    'create-auth-challenge': new CreateAuthChallenge(scope, 'CreateAuthChallenge', createProps).function,
    'verify-auth-challenge': new VerifyAuthChallenge(scope, 'VerifyAuthChallenge', verifyProps).function,
    'guard-tokens': new GuardTokens(scope, 'GuardTokens', guardProps).function,
  };
};

const createPoolCheck = (
  scope: Construct,
  { settings, poolWatch }: PartsProps,
  triggers: Triggers,
  deadLetters: Queue,
): IFunction | undefined => {
  if (poolWatch === undefined) return undefined;
  const { poolArn, every, orderOf } = poolWatch;
  const props = { poolArn, every, order: orderOf(triggers), deadLetters, settings };
  return new CheckPool(scope, 'CheckPool', props).function;
};

const createRoles = (scope: Construct, data: Data) => ({
  auditorRole: new AuditorRole(scope, 'AuditorRole', data).role,
  keyRotationRole: new KeyRotationRole(scope, 'KeyRotationRole', data).role,
  unlockRole: new UnlockRole(scope, 'UnlockRole', data).role,
});

const createWatch = (
  scope: Construct,
  { settings: { logRetention }, alarmTopic, reportingClients }: PartsProps,
  { codeKey }: Data,
  watched: Watched,
) => {
  if (alarmTopic) letAlarmsPublish(alarmTopic);
  const { deadLetters } = watched;
  const keyWatch = new KeyWatch(scope, 'KeyWatch', { codeKey, deadLetters, logRetention, alarmTopic });
  const delivery = new DeliveryAlarms(scope, 'DeliveryAlarms', { ...watched, alarmTopic });
  const alarms = [...delivery.all, keyWatch.alarm];
  const dashboardProps = { ...watched, alarms, reportingClients };
  const { dashboard } = new DeliveryDashboard(scope, 'DeliveryDashboard', dashboardProps);
  return { alarms, dashboard };
};

/** Creates the resources below `scope`. `settings` must be checked and complete, as `checkSettings` returns them. */
export const createParts = (scope: Construct, props: PartsProps): Parts => {
  const data = createData(scope, props);
  const { workflow, deadLetters, sweep, reports } = createDelivery(scope, props, data);
  const triggers = createTriggers(scope, props, data, workflow);
  const { stateMachine } = workflow;
  const archiveDeadLetters = data.archive?.deadLetters;
  const poolCheck = createPoolCheck(scope, props, triggers, deadLetters);
  const watched = { triggers, stateMachine, sweep, reports, deadLetters, archiveDeadLetters, poolCheck };
  return {
    triggers,
    table: data.table.table,
    challenges: data.table,
    stateMachine,
    deadLetters,
    keyring: data.codeKey.secret,
    archiveBucket: data.archive?.bucket,
    dkimRecords: data.sender.dkimRecords,
    mailFromRecords: data.sender.mailFromRecords,
    ...createRoles(scope, data),
    ...createWatch(scope, props, data, watched),
  };
};
