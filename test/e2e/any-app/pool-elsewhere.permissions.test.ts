import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreignApp } from '../../../local/app/app.ts';
import type { Incoming } from '../../../local/ground/endpoint.ts';
import type { RawStack } from '../../../local/ground/template/raw-stack.ts';
import { ACCOUNT_ID, REGION } from '../../../local/ground/template.ts';
import { clientSettings } from '../../../local/system.ts';
import { EXIT } from '../../../shared/command/failure.ts';
import { stacksOf } from '../../support/apps/app-system.ts';
import { startPoolCommands } from '../../support/attaching/pool-commands.ts';
import { covers, type Need, needsOf } from '../../support/infra/needed-permissions.ts';
import { type Permission, permissionsOf } from '../../support/infra/role-permissions.ts';
import { OWN_KEY, ROLE_KEY } from '../../support/system/aws-stand-in.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
} from '../../support/system/local-system.ts';

// Everything that is ever done to a pool of another stack is done once, by the deployment, the schedule and the commands. What they
// called at the endpoint is held against what their roles may do: nothing that they need is missing, and nothing else is allowed.

const POOL_ID = 'us-east-1_Exact1';
const HERE = `${REGION}:${ACCOUNT_ID}`;
const SMS_ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/texts`;
const KEY_ARN = `arn:aws:kms:${HERE}:key/11111111-2222-3333-4444-555555555555`;
const HOUR_MS = 3_600_000;

/** What no call here needs, each with the reason. */
const NEEDS_NO_CALL: Readonly<Record<string, string>> = {
  'logs:CreateLogStream': 'Lambda writes the log of a function, in its role.',
  'logs:PutLogEvents': 'Lambda writes the log of a function, in its role.',
};

const NAMES = ['the function that attaches', 'the function that checks', 'the commands'] as const;

interface Actor {
  /** By which the endpoint knows it. */
  readonly accessKey: string;
  readonly permissions: readonly Permission[];
}

let system: TestSystem;
/** Of all systems, one after the other. */
const requests: Incoming[] = [];
const disturb = (incoming: Incoming): undefined => void requests.push(incoming);
const actors = new Map<string, Actor>();
/** What the roles may name, by the service of the action. */
const nameable = new Map<string, Pick<Permission, 'resource' | 'conditions'>>();
let otherPoolId: string;

const outputsOf = (id: string) => system.otps.find((otp) => otp.id === id)?.outputs ?? {};
const functionOf = (construct: RegExp) =>
  system.otps
    .flatMap(({ id, template }) => (id === 'ElsewhereOtp' ? template.ofType('AWS::Lambda::Function') : []))
    .find(({ logicalId }) => construct.test(logicalId)) ?? expect.unreachable();

const meet = (name: (typeof NAMES)[number], accessKey: string, roleArn: unknown, app: readonly RawStack[]) =>
  actors.set(name, { accessKey, permissions: permissionsOf(app, system.url, String(roleArn)) });
const meetFunctions = (app: readonly RawStack[]): void => {
  const [attaching, checking] = [functionOf(/AttachPool/), functionOf(/CheckPool/)];
  meet('the function that attaches', `LOCAL-${attaching.names.ref}`, attaching.properties.Role, app);
  meet('the function that checks', `LOCAL-${checking.names.ref}`, checking.properties.Role, app);
  const { Variables } = attaching.properties.Environment as {
    readonly Variables: Readonly<Record<string, string>>;
  };
  const may = (service: string, resource: string, conditions: Permission['conditions'] = {}) =>
    nameable.set(service, { resource, conditions });
  may('cognito-idp', `arn:aws:cognito-idp:${HERE}:userpool/${POOL_ID}`);
  may('ssm', `arn:aws:ssm:${HERE}:parameter${Variables.UNDO_PARAMETER}`);
  may('dynamodb', `arn:aws:dynamodb:${HERE}:table/${outputsOf('ElsewhereOtp').TableName}`, {
    'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`POOL#${POOL_ID}`] },
  });
  may('iam', SMS_ROLE_ARN, { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } });
  may('kms', KEY_ARN);
  otherPoolId = outputsOf('OwnOtp').UserPoolId ?? '';
};

/** A pool as others have made it, with all that an update has to hand on. Returns the id of a client that is open. */
const makePool = async (): Promise<string> => {
  await system.client.send(
    new CreateUserPoolCommand({
      PoolName: 'Exact',
      UserPoolTags: { 'local:id': POOL_ID },
      UsernameAttributes: ['email'],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
      SmsConfiguration: { SnsCallerArn: SMS_ROLE_ARN, ExternalId: 'texts' },
      LambdaConfig: { KMSKeyID: KEY_ARN },
    }),
  );
  const { UserPoolClient } = await system.client.send(
    new CreateUserPoolClientCommand({
      UserPoolId: POOL_ID,
      ClientName: 'Open',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const clientId = UserPoolClient?.ClientId ?? '';
  await createUser({ ...system, poolId: POOL_ID, clientId });
  return clientId;
};

/** The app in which the pool's client reports for so long. */
const appOf = (
  attachBy: 'deployment' | 'command',
  clientId: string,
  until: number,
): Promise<readonly RawStack[]> => {
  const reportingClients = { [clientId]: { until: new Date(until).toISOString(), reason: 'It is a test' } };
  const existingPool = { attachBy, smsRoleArn: SMS_ROLE_ARN, customSenderKeyArn: KEY_ARN };
  return stacksOf('pool-elsewhere', {
    poolId: POOL_ID,
    reportingClients: JSON.stringify(reportingClients),
    existingPool: JSON.stringify(existingPool),
  });
};

/** Ends the system and starts it with the app, which is what a deployment is here. Returns what was said of the pool. */
const deploy = async (app: readonly RawStack[]): Promise<readonly string[]> => {
  const said: string[] = [];
  await system.close();
  system = await startTestSystem({
    folder: system.folder,
    disturb,
    onAttachment: (text) => void said.push(text),
    load: foreignApp(app),
  });
  return said;
};

const check = () =>
  new LambdaClient(clientSettings(system.url)).send(
    new InvokeCommand({ FunctionName: functionOf(/CheckPool/).names.ref }),
  );

const runCommands = async (clientId: string): Promise<void> => {
  using commands = await startPoolCommands(system, outputsOf('ElsewhereOtp'));
  const run = async (name: 'attach' | 'detach', ...args: readonly string[]) => {
    const { exit, stdout, stderr } = await commands.run(name, ...args);
    expect(exit, `${name} ${args.join(' ')}\n${stdout}${stderr}`).toBe(EXIT.done);
  };
  const doors = [clientId, `${clientId}:session`, 'deletion-protection'];
  await run('attach', '--plan');
  await run('attach', ...doors.flatMap((door) => ['--close', door]), '--yes');
  await run('attach', '--check');
  // The client reports no longer, and so there is something to revoke.
  system.clock.adjust({ offsetMs: HOUR_MS });
  await run('attach', '--revoke', '--yes');
  await run('detach', '--yes');
  expect(new Set(commands.assumed())).toEqual(new Set([outputsOf('ElsewhereOtp').AttachRoleArn]));
};

beforeAll(async () => {
  system = await startTestSystem({ disturb });
  const clientId = await makePool();
  const now = system.clock.now();
  const [made, updated, byCommand] = await Promise.all([
    appOf('deployment', clientId, now + HOUR_MS),
    appOf('deployment', clientId, now + HOUR_MS / 2),
    appOf('command', clientId, now + HOUR_MS / 2),
  ]);
  expect(await deploy(made)).toEqual([`The user pool ${POOL_ID} is attached`]);
  expect(await deploy(updated)).toEqual([`The user pool ${POOL_ID} is attached`]);
  meetFunctions(updated);
  expect((await check()).FunctionError).toBeUndefined();
  expect(await deploy(byCommand)).toEqual([
    `The user pool ${POOL_ID} is detached, because the app attaches it no longer`,
  ]);
  meet('the commands', ROLE_KEY, outputsOf('ElsewhereOtp').AttachRoleArn, byCommand);
  await runCommands(clientId);
}, 120_000);
afterAll(() => stopTestSystem(system));

const permissionsFor = (name: string): readonly Permission[] => actors.get(name)?.permissions ?? [];
const needsFor = (name: string): readonly Need[] =>
  requests.filter(({ caller }) => caller === actors.get(name)?.accessKey).flatMap(needsOf);
const words = ({ action, resource }: Need | Permission): string => `${action} on ${resource}`;

describe.each(NAMES)('the role of %s', (name) => {
  it('allows every call that is made in it', () => {
    const lacking = needsFor(name).filter((need) => !permissionsFor(name).some((one) => covers(one, need)));

    expect(lacking.map(words)).toEqual([]);
  });

  it('allows nothing that no call needs', () => {
    const needs = needsFor(name);
    const idle = permissionsFor(name).filter((one) => !needs.some((need) => covers(one, need)));

    expect(needs).not.toEqual([]);
    expect(idle.filter(({ action }) => NEEDS_NO_CALL[action] === undefined).map(words)).toEqual([]);
  });

  it('names the pool, and what belongs to its attaching, exactly', () => {
    const named = permissionsFor(name).filter(({ action }) => NEEDS_NO_CALL[action] === undefined);

    expect(named).toEqual(
      named.map(({ action }) => ({ action, ...nameable.get(action.split(':')[0] ?? '') })),
    );
  });

  it('is never used on the other pool of the system', () => {
    expect(otherPoolId).toMatch(/^us-east-1_/);
    expect(needsFor(name).filter(({ resource }) => resource.includes(otherPoolId))).toEqual([]);
  });
});

describe('whoever runs the commands', () => {
  it('calls nothing in the own name but what gives them the role', () => {
    expect(requests.filter(({ caller }) => caller === OWN_KEY)).toEqual([]);
  });
});
