/** Puts an `EmailOtp` together: checks what it is given, makes the resources, and gives the pool its triggers. */
import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { type Construct, Dependable } from 'constructs';
import type { ReportingClients } from '../shared/clients/reporting-clients.ts';
import type { AttachmentOrder } from '../shared/deployment/attachment.ts';
import type { EventVersion } from '../shared/pool/places.ts';
import { checkIdentity } from './check/identity-check.ts';
import { checkPool } from './check/pool-check.ts';
import { clientsOf, type PoolClient, sessionSeconds, shortestSession } from './check/pool-clients.ts';
import { checkPreToken } from './check/pre-token-check.ts';
import { checkRegions } from './check/region-check.ts';
import { nameOf, propertiesOf } from './check/synthesized.ts';
import type { EmailOtpProps } from './email-otp.ts';
import { AttachPool } from './functions/attach-pool.ts';
import { checkSender } from './mail/sender-check.ts';
import { addOutputs } from './outputs.ts';
import { createParts, type Parts } from './parts.ts';
import { type GivenPool, readGivenPool } from './pool/given-pool.ts';
import { isElsewhere, type PoolElsewhere, readPoolElsewhere } from './pool/pool-elsewhere.ts';
import { permitPool, setTriggers, triggerArns } from './pool/pool-triggers.ts';
import { AttachRole } from './roles/attach-role.ts';
import { type ExistingOptions, readPoolOptions } from './settings/pool-options.ts';
import { readReportingClients } from './settings/reporting-clients.ts';
import { checkSettings, type Settings } from './settings/settings.ts';
import type { Triggers } from './watch/watched.ts';

export interface Assembled extends Parts {
  /** Undefined if the stack makes the pool. */
  readonly attachRole: Role | undefined;
}

/** What is given, checked and with its defaults. */
interface Given {
  readonly props: EmailOtpProps;
  readonly settings: Settings;
  readonly pool: GivenPool | PoolElsewhere;
  readonly existing: ExistingOptions;
  readonly reportingClients: ReportingClients;
}

const readGiven = (scope: Construct, props: EmailOtpProps): Given => {
  const { encryptionKey, alarmTopic, ...others } = props;
  const { userPool, existingPool, watchPool, reportingClients } = props;
  const { preTokenGeneration, preTokenGenerationVersion = 'V1_0' } = props;
  // As settings these two are ARNs.
  const settings = checkSettings(others);
  checkPreToken({ preTokenGeneration, preTokenGenerationVersion });
  const pool = readPoolElsewhere(scope, userPool) ?? readGivenPool(scope, userPool);
  const existing = readPoolOptions({ existingPool, watchPool }, isElsewhere(pool));
  checkRegions(scope, { encryptionKey, alarmTopic, preTokenGeneration });
  return { props, settings, pool, existing, reportingClients: readReportingClients(reportingClients) };
};

const identityOf = (pool: GivenPool | PoolElsewhere): { readonly id: string; readonly arn: string } =>
  isElsewhere(pool) ? pool : { id: pool.resource.ref, arn: pool.resource.attrArn };

/** The pool's clients in this stack. One of another stack would refer to this one in turn, so it cannot be named. */
const ownClients = (scope: Construct, { pool }: Given): readonly PoolClient[] =>
  clientsOf(isElsewhere(pool) ? pool : pool.resource).filter(
    ({ resource }) => Stack.of(resource) === Stack.of(scope),
  );

/** Clients that the app has said are to be as they are. */
const allowedClients = (scope: Construct, given: Given): readonly string[] => {
  const { allowUnsafeClients = {} } = given.props;
  return ownClients(scope, given)
    .filter(({ resource }) => Object.hasOwn(allowUnsafeClients, nameOf(resource)))
    .map(({ resource }) => resource.ref);
};

/** What synthesis has warned of is nothing to find: short sessions, and a pool of the stack's own that can be deleted. */
const knownDoors = (scope: Construct, given: Given): readonly string[] => {
  const { pool, settings } = given;
  const isUnprotected = !isElsewhere(pool) && propertiesOf(pool.resource).DeletionProtection !== 'ACTIVE';
  return [
    ...(isUnprotected ? ['deletion-protection'] : []),
    ...ownClients(scope, given)
      .filter(({ properties }) => sessionSeconds(properties) < settings.codeLifetime.toSeconds())
      .map(({ resource }) => `${resource.ref}:session`),
  ];
};

const acceptedIn = ({ props, existing: { accept } }: Given): readonly string[] => [
  ...new Set([...accept, ...(props.allowEmailRecovery === true ? ['recovery'] : [])]),
];

/** What the pool should be like. */
const orderOf = (given: Given, triggers: Triggers): AttachmentOrder => {
  const { props, settings, pool, existing, reportingClients } = given;
  const { smsRoleArn, customSenderKeyArn, replaceTriggers, refreshUntil } = existing;
  return {
    userPoolId: identityOf(pool).id,
    triggers: triggerArns(triggers),
    eventVersion: props.preTokenGenerationVersion ?? 'V1_0',
    codeSeconds: settings.codeLifetime.toSeconds(),
    replace: replaceTriggers,
    accept: acceptedIn(given),
    reporting: reportingClients,
    ...(refreshUntil !== undefined && { refreshUntil }),
    ...(smsRoleArn !== undefined && { smsRoleArn }),
    ...(customSenderKeyArn !== undefined && { customSenderKeyArn }),
  };
};

/** The doors that may stay open. It is worked out at the end of synthesis, with the clients that the app adds later. */
const acceptedLater = (
  scope: Construct,
  given: Given,
  further: (scope: Construct, given: Given) => readonly string[] = () => [],
): string[] =>
  Lazy.list({
    produce: () => [...acceptedIn(given), ...knownDoors(scope, given), ...further(scope, given)],
  });

const sessionValiditySeconds = ({ pool, existing: { sessionValidity } }: Given): string => {
  if (sessionValidity !== undefined) return String(sessionValidity.toSeconds());
  return shortestSession(isElsewhere(pool) ? pool : pool.resource);
};

/** Attaching records the clients that it finds open, and the guard those that report, also when none does any more. */
const tracksClients = ({ pool, props }: Given): boolean =>
  isElsewhere(pool) || props.reportingClients !== undefined;

/** Whether the command may look at the pool, or attach it. */
const isTold = (given: Given): boolean => tracksClients(given) || given.props.watchPool !== undefined;

const makeParts = (scope: Construct, given: Given): Parts => {
  const { props, settings, pool, reportingClients } = given;
  const { encryptionKey, alarmTopic, preTokenGeneration, watchPool } = props;
  return createParts(scope, {
    settings,
    encryptionKey,
    alarmTopic,
    preTokenGeneration,
    sessionValiditySeconds: sessionValiditySeconds(given),
    reportingClients,
    tracksClients: tracksClients(given),
    ...(watchPool !== undefined && {
      poolWatch: {
        poolArn: identityOf(pool).arn,
        // The app may have another copy of the CDK.
        every: Duration.minutes(watchPool.toMinutes()),
        orderOf: (triggers) => ({
          ...orderOf(given, triggers),
          accept: acceptedLater(scope, given, allowedClients),
        }),
      },
    }),
  });
};

/** Lets the pool call the functions, and sets its triggers unless the command is to do so. Returns the role of the command. */
const attachLater = (scope: Construct, pool: PoolElsewhere, given: Given, parts: Parts): Role => {
  const { existing, settings } = given;
  const { triggers, challenges: table } = parts;
  const functions = Object.values(triggers);
  permitPool(functions, pool.arn);
  if (existing.attachBy === 'deployment') {
    const order = orderOf(given, triggers);
    const after = [...functions, parts.stateMachine, parts.keyring, parts.table];
    const attaching = new AttachPool(scope, 'AttachPool', { pool, order, table, settings, after });
    // What looks at the pool would find that it is not attached yet.
    scope.node.tryFindChild('CheckPool')?.node.findChild('Schedule').node.addDependency(attaching);
  }
  return new AttachRole(scope, 'AttachRole', { poolArn: pool.arn, poolId: pool.id, existing, table }).role;
};

/** These name the pool's clients, or what does; the queue of RecordFeedback lets in what starts the check. */
const WATCHING = ['CheckPool', 'DeliveryAlarms', 'DeliveryDashboard', 'RecordFeedback'];

/** Who waits for the `EmailOtp`, such as a client of the pool, waits for what signs users in, and not for what looks at the clients. */
const letClientsWait = (scope: Construct): void =>
  Dependable.implement(scope, {
    get dependencyRoots() {
      return scope.node.children.filter(({ node }) => !WATCHING.includes(node.id));
    },
  });

/** Throws errors that say what to do. `scope` is the `EmailOtp`. */
export const assemble = (scope: Construct, props: EmailOtpProps): Assembled => {
  const given = readGiven(scope, props);
  const { pool, settings, existing, reportingClients } = given;
  const { allowUnsafeClients = {}, allowEmailRecovery = false } = props;
  const eventVersion: EventVersion = props.preTokenGenerationVersion ?? 'V1_0';
  const parts = makeParts(scope, given);
  letClientsWait(scope);
  const { triggers } = parts;
  const attachRole = isElsewhere(pool) ? attachLater(scope, pool, given, parts) : undefined;
  if (!isElsewhere(pool)) setTriggers(pool, triggers, eventVersion);
  checkIdentity(scope);
  checkSender(scope, settings);
  checkPool(scope, {
    pool,
    triggers,
    preTokenGenerationVersion: eventVersion,
    codeSeconds: settings.codeLifetime.toSeconds(),
    allowUnsafeClients,
    allowEmailRecovery,
  });
  addOutputs(scope, {
    userPoolId: identityOf(pool).id,
    settings,
    parts,
    pool: isTold(given)
      ? {
          attachRoleArn: attachRole?.roleArn,
          attachedBy: isElsewhere(pool) ? existing.attachBy : 'template',
          eventVersion,
          reportingClients,
          accepted: acceptedLater(scope, given),
        }
      : undefined,
  });
  return { ...parts, attachRole };
};
