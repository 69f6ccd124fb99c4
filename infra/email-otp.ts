/** The second factor as a construct for any CDK app. It must be in the same stack as its user pool. */
import { Stack } from 'aws-cdk-lib';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { type UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DkimRecord } from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { checkPool } from './check/pool-check.ts';
import { shortestSession } from './check/pool-clients.ts';
import { checkRegions } from './check/region-check.ts';
import { AddressKey } from './data/address-key.ts';
import { AuditArchive } from './data/audit-archive.ts';
import { ChallengeTable } from './data/challenge-table.ts';
import { CodeKey } from './data/code-key.ts';
import { MailSender } from './data/mail-sender.ts';
import type { EmailOtpProps } from './email-otp-props.ts';
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
import { checkSettings } from './settings/settings.ts';
import { letAlarmsPublish } from './watch/alarm-topic.ts';
import { DeliveryAlarms } from './watch/delivery-alarms.ts';
import { DeliveryDashboard } from './watch/delivery-dashboard.ts';
import { KeyWatch } from './watch/key-watch.ts';

/**
 * Asks the users of a pool for a code by mail after their password.
 *
 * @example
 * const userPool = new UserPool(this, 'Pool', {
 *   accountRecovery: AccountRecovery.NONE,
 *   keepOriginal: { email: true },
 * });
 * userPool.addClient('Web', {
 *   authFlows: { custom: true },
 *   disableOAuth: true,
 *   preventUserExistenceErrors: true,
 *   authSessionValidity: Duration.minutes(15),
 *   writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
 * });
 * new EmailOtp(this, 'EmailOtp', { userPool, emailSender: 'otp@example.com' });
 */
export class EmailOtp extends Construct {
  /** The table holds the challenges with their trails, and the user records. */
  readonly table: TableV2;
  /** The Express workflow mails a code and records that it did. */
  readonly stateMachine: StateMachine;
  /** The queue holds the reports of SES that could not be processed, and events that could not be handed over. */
  readonly deadLetters: Queue;
  /** This role reads the trail and can do nothing else. */
  readonly auditorRole: Role;
  /** The secret holds the keys of the codes. Its policy denies them to all but two functions and `keyRotationRole`. */
  readonly keyring: Secret;
  /** `npm run rotate-key` assumes this role. It reads and writes the keyring and can do nothing else. */
  readonly keyRotationRole: Role;
  /** `npm run unlock` assumes this role. It reads the table, clears a user's failures and writes facts into trails. */
  readonly unlockRole: Role;
  /** The bucket of the archive is undefined unless `auditArchive` is set. */
  readonly archiveBucket: Bucket | undefined;
  /** Each alarm has a page in `docs/runbooks/`. */
  readonly alarms: readonly Alarm[];
  /** The dashboard shows the delivery of codes, step by step. */
  readonly dashboard: Dashboard;
  /** These CNAME records have to be published. There are none unless `senderIdentity` is `domain`. */
  readonly dkimRecords: readonly DkimRecord[];

  constructor(scope: Construct, id: string, props: EmailOtpProps) {
    super(scope, id);
    const {
      userPool,
      encryptionKey,
      alarmTopic,
      allowUnsafeClients = {},
      allowEmailRecovery = false,
      ...given
    } = props;
    const settings = checkSettings(given);
    requireSameStack(this, userPool);
    checkRegions(this, { encryptionKey, alarmTopic });
    if (alarmTopic) letAlarmsPublish(alarmTopic);

    const table = new ChallengeTable(this, 'ChallengeTable', { ...settings, key: encryptionKey });
    const codeKey = new CodeKey(this, 'CodeKey');
    const addressKey = new AddressKey(this, 'AddressKey');
    const sender = new MailSender(this, 'MailSender', { settings });

    const deliverCode = new DeliverCode(this, 'DeliverCode', {
      table,
      addressKey,
      codeKey,
      sender,
      settings,
    });
    const workflow = new DeliveryWorkflow(this, 'DeliveryWorkflow', { table, deliverCode, settings });
    const { deadLetters } = new RecordFeedback(this, 'RecordFeedback', { table, sender, settings });
    const { function: sweep } = new SweepChallenges(this, 'SweepChallenges', {
      table,
      deadLetters,
      settings,
    });

    const define = new DefineAuthChallenge(this, 'DefineAuthChallenge', { settings });
    const create = new CreateAuthChallenge(this, 'CreateAuthChallenge', {
      table,
      addressKey,
      workflow,
      settings,
      sessionValiditySeconds: shortestSession(userPool),
    });
    const verify = new VerifyAuthChallenge(this, 'VerifyAuthChallenge', {
      table,
      addressKey,
      codeKey,
      settings,
    });
    const guard = new GuardTokens(this, 'GuardTokens', { table, settings });
    userPool.addTrigger(UserPoolOperation.DEFINE_AUTH_CHALLENGE, define.function);
    userPool.addTrigger(UserPoolOperation.CREATE_AUTH_CHALLENGE, create.function);
    userPool.addTrigger(UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE, verify.function);
    userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, guard.function);

    const archive = settings.auditArchive
      ? new AuditArchive(this, 'AuditArchive', { table, settings })
      : undefined;
    const auditors = new AuditorRole(this, 'AuditorRole', { table, codeKey, archive });
    const rotation = new KeyRotationRole(this, 'KeyRotationRole', { codeKey });
    const unlocking = new UnlockRole(this, 'UnlockRole', { table });
    const { logRetention } = settings;
    const keyWatch = new KeyWatch(this, 'KeyWatch', { codeKey, deadLetters, logRetention, alarmTopic });

    const triggers = {
      'define-auth-challenge': define.function,
      'create-auth-challenge': create.function,
      'verify-auth-challenge': verify.function,
      'guard-tokens': guard.function,
    };
    const codeSeconds = settings.codeLifetime.toSeconds();
    checkPool(this, { userPool, triggers, codeSeconds, allowUnsafeClients, allowEmailRecovery });

    const watched = {
      triggers,
      stateMachine: workflow.stateMachine,
      sweep,
      deadLetters,
      archiveDeadLetters: archive?.deadLetters,
    };
    const delivery = new DeliveryAlarms(this, 'DeliveryAlarms', { ...watched, alarmTopic });
    const alarms = [...delivery.all, keyWatch.alarm];
    const { dashboard } = new DeliveryDashboard(this, 'DeliveryDashboard', { ...watched, alarms });

    this.table = table.table;
    this.stateMachine = workflow.stateMachine;
    this.deadLetters = deadLetters;
    this.auditorRole = auditors.role;
    this.keyring = codeKey.secret;
    this.keyRotationRole = rotation.role;
    this.unlockRole = unlocking.role;
    this.archiveBucket = archive?.bucket;
    this.alarms = alarms;
    this.dashboard = dashboard;
    this.dkimRecords = sender.dkimRecords;
  }
}

/** The pool and the functions refer to each other, which CloudFormation does not allow across stacks. */
const requireSameStack = (scope: Construct, userPool: UserPool): void => {
  if (Stack.of(scope) === userPool.stack) return;
  throw new Error(
    `${scope.node.path} must be in the same stack as its user pool ${userPool.node.path}: pool and functions refer to each other`,
  );
};
