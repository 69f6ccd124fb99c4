/** A local system for one test file, with its own state and port. Every call is recorded. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { inject } from 'vitest';
import type { Credentials } from '../../../commands/sign-in/sign-in-flow.ts';
import type { InboxMail } from '../../../local/engines/ses/inbox.ts';
import type { Faults } from '../../../local/faults/fault-table.ts';
import type { EndpointCall } from '../../../local/ground/endpoint.ts';
import { clientSettings, type System, type SystemOptions, startSystem } from '../../../local/system.ts';

export interface TestSystem extends System {
  readonly folder: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly client: CognitoIdentityProviderClient;
  /** All calls so far, in order. */
  readonly calls: readonly EndpointCall[];
  /** The mails since the start by address, oldest first. Faster to read than the inbox on disk. */
  readonly received: ReadonlyMap<string, readonly InboxMail[]>;
}

export interface TestUser extends Credentials {
  readonly email: string;
}

export const PASSWORD = 'Battery-staple-9';

export interface TestSystemOptions
  extends Pick<
    SystemOptions,
    'disturb' | 'startSandbox' | 'onMail' | 'onAttachment' | 'startsUnattached' | 'load'
  > {
  /** With the state of an earlier start. @default a new one */
  readonly folder?: string;
  /** A cloud assembly with other settings than the defaults. */
  readonly templateFolder?: string;
  readonly faults?: Partial<Faults>;
}

export const startTestSystem = async ({
  templateFolder = inject('templateFolder'),
  faults = {},
  folder = mkdtempSync(join(tmpdir(), 'email-otp-')),
  ...options
}: TestSystemOptions = {}): Promise<TestSystem> => {
  const calls: EndpointCall[] = [];
  const onCall = (call: EndpointCall) => calls.push(call);
  const received = new Map<string, InboxMail[]>();
  const onMail = (mail: InboxMail) => {
    options.onMail?.(mail);
    for (const address of mail.to) received.set(address, [...(received.get(address) ?? []), mail]);
  };
  const system = await startSystem({ ...options, folder, templateFolder, port: 0, faults, onCall, onMail });
  const { UserPoolId: poolId = '', UserPoolClientId: clientId = '' } = system.outputs;
  const client = new CognitoIdentityProviderClient({ ...clientSettings(system.url), maxAttempts: 1 });
  return { ...system, folder, poolId, clientId, client, calls, received };
};

/** Ends the system and removes its files. */
export const stopTestSystem = async (system: TestSystem): Promise<void> => {
  await system.close();
  rmSync(system.folder, { recursive: true, force: true });
};

/** Creates a user as an administrator does. With `temporary` the password has to be changed. */
export const createUser = async (
  { client, poolId, clientId }: TestSystem,
  {
    temporary = false,
    email = `user-${randomUUID()}@example.com`,
  }: { readonly temporary?: boolean; readonly email?: string } = {},
): Promise<TestUser> => {
  const user = { UserPoolId: poolId, Username: email };
  await client.send(
    new AdminCreateUserCommand({
      ...user,
      MessageAction: 'SUPPRESS',
      TemporaryPassword: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
  if (!temporary) {
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
  }
  return { email, username: email, password: PASSWORD, poolId, clientId };
};

/** The user's `sub`. */
export const userIdOf = async ({ client, poolId }: TestSystem, { username }: TestUser): Promise<string> => {
  const { UserAttributes = [] } = await client.send(
    new AdminGetUserCommand({ UserPoolId: poolId, Username: username }),
  );
  return UserAttributes.find(({ Name }) => Name === 'sub')?.Value ?? '';
};

export const mailsTo = (
  { received }: Pick<TestSystem, 'received'>,
  { email }: TestUser,
): readonly InboxMail[] => received.get(email) ?? [];

/** The code of a mail; it is alone on a line. */
export const codeOf = ({ text }: InboxMail): string => /^\d{6,10}$/m.exec(text)?.[0] ?? '';

const MAIL_PATIENCE_MS = 15_000;

/** Waits until the user has `count` mails, and returns the code of the newest one. */
export const waitForCode = async (
  system: Pick<TestSystem, 'received'>,
  user: TestUser,
  count = 1,
): Promise<string> => {
  const giveUp = Date.now() + MAIL_PATIENCE_MS;
  for (;;) {
    const mails = mailsTo(system, user);
    const newest = mails.at(-1);
    if (newest !== undefined && mails.length >= count) return codeOf(newest);
    if (Date.now() > giveUp) throw new Error(`Only ${mails.length} of ${count} mails arrived in time`);
    await sleep(20);
  }
};

/** A code that is different from this one. */
export const wrongCode = (code: string): string =>
  code.replace(/.$/, (last) => String((Number(last) + 1) % 10));
