/**
 * The second factor as a construct for any CDK app.
 *
 * @module cognito-email-otp
 */
import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnUserPool, IUserPool, LambdaVersion, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DkimRecord } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { assemble } from './assemble.ts';
import type { MailFromRecord } from './data/mail-from-record.ts';
import type { CompanyMail } from './mail/company-mail.ts';
import type { ExistingPool, ReportingClient } from './pool/existing-pool.ts';

/**
 * The props of {@link EmailOtp}. Most are settings of the same name (`docs/settings.md`) and are checked like them: a wrong value
 * throws a `SettingsError` that names the allowed range.
 */
export interface EmailOtpProps {
  /**
   * This user pool gets the triggers, and its clients must not allow sign-ins without a code. One that the app makes must be in
   * the same stack; it may be the resource of CloudFormation too: of an included template, or `cfnResources.cfnUserPool` of Amplify.
   * Any other pool of the stack's account and region is imported, or given by its ARN; see `existingPool`.
   */
  readonly userPool: UserPool | CfnUserPool | IUserPool | string;
  /**
   * This is for a pool that the stack does not make. Synthesis does not know it: it checks the pool's clients in the app, and the
   * deployment, or the command `attach`, checks the pool itself with all its clients, before it sets the triggers.
   * @default - the deployment sets them, unless a trigger is taken or users would get round the code
   */
  readonly existingPool?: ExistingPool;
  /** Codes are sent from this address, written as `otp@example.com` or `Müller GmbH <otp@example.com>`. */
  readonly emailSender: string;
  /**
   * SES verifies this identity before it sends. `address` creates an identity for the address; its mails cannot pass DMARC, and
   * synthesis warns of it (`EmailOtp-AddressIdentity`). `domain` creates one for its domain (see `dkimRecords` and
   * `mailFromRecords`). `existing` uses an identity that SES has already verified.
   * @default 'address'
   */
  readonly senderIdentity?: 'address' | 'domain' | 'existing';
  /**
   * How the mails look, and what they say: the brand, the texts, the languages. It is checked as a whole, and a wrong file is named with
   * its key. What is not given is the package's own, with the name in `emailSender` as the brand.
   * @default - no brand, the texts of the package, and English where a user has no other language of these
   */
  readonly mail?: CompanyMail;
  /**
   * A code has this many digits, from 6 to 10.
   * @default 6
   */
  readonly codeLength?: number;
  /**
   * A code is accepted for this long, counted from the start of its challenge: from 300 to 600 seconds.
   * @default Duration.seconds(300)
   */
  readonly codeLifetime?: Duration;
  /**
   * This many wrong answers close a challenge, from 1 to 10.
   * @default 5
   */
  readonly maxAttempts?: number;
  /**
   * One sign-in may have this many answers and resends, from 1 to 20.
   * @default 8
   */
  readonly maxRounds?: number;
  /**
   * One sign-in may ask this many times how its mail stands without using up a round, from 0 to 20. With 0 nobody can ask.
   * @default 12
   */
  readonly statusRounds?: number;
  /**
   * This many wrong answers in a row, over all sign-ins, lock the user, from 5 to 100. Each further wrong answer locks again.
   * @default 20
   */
  readonly lockThreshold?: number;
  /**
   * The first lock lasts this long, from 5 to 1440 minutes, and at least as long as `codeLifetime`. Each further wrong answer
   * doubles the time, up to a day.
   * @default Duration.minutes(15)
   */
  readonly lockDuration?: Duration;
  /**
   * After this many wrong answers in a row, from 5 to 100, only the command `unlock` lets the user in again.
   * @default 100
   */
  readonly maxFailures?: number;
  /**
   * After the first mail of a challenge, users have to wait this long before they can order another, from 20 to 120 seconds.
   * @default Duration.seconds(30)
   */
  readonly resendCooldown?: Duration;
  /**
   * After each further mail of a challenge, users have to wait this long before they can order another, from 20 to 300 seconds.
   * @default Duration.seconds(60)
   */
  readonly laterResendCooldown?: Duration;
  /**
   * Within 15 minutes, a user can order this many mails, from 1 to 10.
   * @default 5
   */
  readonly sendsPerWindow?: number;
  /**
   * Within 24 hours, a user can order this many mails, from 1 to 50.
   * @default 20
   */
  readonly sendsPerDay?: number;
  /**
   * Within 15 minutes, this many mails are ordered for a user at most, whatever becomes of them, from 10 to 100.
   * @default 60
   */
  readonly ordersPerWindow?: number;
  /**
   * Within 24 hours, this many mails are ordered for a user at most, whatever becomes of them, from 50 to 500.
   * @default 200
   */
  readonly ordersPerDay?: number;
  /**
   * If this is set, codes are sent only to addresses that Cognito marks as verified.
   * @default false
   */
  readonly requireVerifiedEmail?: boolean;
  /**
   * If this is set, users get a mail when wrong codes have locked them, and one when they have used up a challenge: at most one of
   * each in 24 hours.
   * @default false
   */
  readonly notices?: boolean;
  /**
   * If this is set, mails have a link by which their reader reports that it was not they who signed in. The report ends the code and
   * blocks the user for a while. Whoever reads the mailbox can do so; `SECURITY.md` says what that means.
   * @default false
   */
  readonly reportLink?: boolean;
  /**
   * After a report within the life of its code, nobody can sign in to the account for this long, from 0 to 60 minutes, at most three
   * times in 24 hours. With 0 a report only ends the code.
   * @default Duration.minutes(15)
   */
  readonly reportLock?: Duration;
  /**
   * The trail of a challenge is kept for this long, from 1 to 3650 days.
   * @default Duration.days(400)
   */
  readonly auditRetention?: Duration;
  /**
   * If this is set, every state of a challenge is copied to S3 under Object Lock, where nobody can delete it.
   * @default false
   */
  readonly auditArchive?: boolean;
  /**
   * Nobody can delete an object of the archive for this long, from 1 to 3650 days. A change applies to new objects only.
   * @default Duration.days(400)
   */
  readonly archiveRetention?: Duration;
  /**
   * The logs of the functions and the workflow are kept for this long. `INFINITE` is refused, because logs without an end
   * would be kept longer than the trail that they explain.
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;
  /**
   * If this is set, X-Ray traces the functions and the workflow.
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * This KMS key encrypts the table. It must be in the stack's region. Every role that may use the table is also granted the key.
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * This topic gets a message when an alarm starts and when it ends. It must be in the stack's region. If it is encrypted by a
   * key of the app, CloudWatch is granted the key; for other keys see `docs/security-settings.md`.
   * @default - no messages are sent; CloudWatch shows the alarms
   */
  readonly alarmTopic?: ITopic | undefined;
  /**
   * If this is set, nobody can delete the table.
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * When the stack is deleted, the table is kept (`RETAIN`) or deleted (`DESTROY`). The archive is always kept.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy.RETAIN | RemovalPolicy.DESTROY;
  /**
   * These clients of the pool may allow more than custom authentication. Each is given by its construct path, with the reason:
   * `{ 'App/Pool/Machines': 'client credentials only' }`. Users who sign in through such a client without a code still get no
   * tokens, because guard-tokens refuses them. Of a pool that the stack does not make, these are the clients that the app adds to it,
   * and those that let users in without a code have to be in `reportingClients` too.
   * @default - none: synthesis fails if a client allows more, and names the client and what it allows
   */
  readonly allowUnsafeClients?: Readonly<Record<string, string>>;
  /**
   * If this is set, the users of the pool may replace their password through the mailbox that receives the codes. Anybody
   * who can read the mailbox can then sign in, so only one factor is left. If this is not set, synthesis fails for such a pool.
   * @default false
   */
  readonly allowEmailRecovery?: boolean;
  /**
   * These clients go on as they are for some time, each by its id as Cognito writes it: their users get tokens without a code, but
   * none of these tokens says that there was one, and each sign-in is counted. From its date on, at most 366 days away, a client's
   * users need a code, and its refresh tokens from before are refused.
   * @default - none
   */
  readonly reportingClients?: Readonly<Record<string, ReportingClient>>;
  /**
   * This often, from 15 minutes to a day, a function compares the user pool and its clients with what the stack wants of them. It
   * changes nothing; an alarm starts if something is different, such as a trigger that somebody took off, or if it cannot look.
   * @default - nobody looks
   */
  readonly watchPool?: Duration;
  /**
   * This is the app's own pre token generation function. It must be in the stack's region. The pool must not have it as a
   * trigger: guard-tokens calls it after it has let the tokens through, and merges its changes.
   * @default - the tokens are changed by nobody else
   */
  readonly preTokenGeneration?: IFunction | undefined;
  /**
   * Cognito sends events of this version before it gives tokens. `V2_0` and `V3_0`, with which a function can change the access
   * token, need a pool on the Essentials or Plus plan; `V3_0` is for client credentials too.
   * @default LambdaVersion.V1_0
   */
  readonly preTokenGenerationVersion?: LambdaVersion;
}

/**
 * Asks the users of a pool for a code by mail after their password. The stack gets the outputs by which the commands find it,
 * named after the construct's id: `EmailOtpTableName` for an `EmailOtp` with the id `EmailOtp`.
 *
 * @example
 * ```ts
 * import { App, Duration, Stack } from 'aws-cdk-lib';
 * import { AccountRecovery, ClientAttributes, UserPool } from 'aws-cdk-lib/aws-cognito';
 * import { EmailOtp } from 'cognito-email-otp';
 *
 * const stack = new Stack(new App(), 'SignIn');
 * const userPool = new UserPool(stack, 'Pool', {
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
 * new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com' });
 * ```
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
  /** The command `rotate-key` assumes this role. It reads and writes the keyring and can do nothing else. */
  readonly keyRotationRole: Role;
  /** The command `unlock` assumes this role. It reads the table, clears a user's failures and writes facts into trails. */
  readonly unlockRole: Role;
  /** The commands `attach` and `detach` assume this role. It is undefined if the stack makes the pool. */
  readonly attachRole: Role | undefined;
  /** The bucket of the archive is undefined unless `auditArchive` is set. */
  readonly archiveBucket: Bucket | undefined;
  /** Each alarm has a page in `docs/runbooks/`. */
  readonly alarms: readonly Alarm[];
  /** The dashboard shows the delivery of codes, step by step. */
  readonly dashboard: Dashboard;
  /** These CNAME records have to be published. There are none unless `senderIdentity` is `domain`. */
  readonly dkimRecords: readonly DkimRecord[];
  /** These records of the MAIL FROM domain should be published, so that SPF passes. There are none unless `senderIdentity` is `domain`. */
  readonly mailFromRecords: readonly MailFromRecord[];

  constructor(scope: Construct, id: string, props: EmailOtpProps) {
    super(scope, id);
    const parts = assemble(this, props);
    this.table = parts.table;
    this.stateMachine = parts.stateMachine;
    this.deadLetters = parts.deadLetters;
    this.auditorRole = parts.auditorRole;
    this.keyring = parts.keyring;
    this.keyRotationRole = parts.keyRotationRole;
    this.unlockRole = parts.unlockRole;
    this.archiveBucket = parts.archiveBucket;
    this.alarms = parts.alarms;
    this.dashboard = parts.dashboard;
    this.dkimRecords = parts.dkimRecords;
    this.mailFromRecords = parts.mailFromRecords;
    this.attachRole = parts.attachRole;
  }
}
