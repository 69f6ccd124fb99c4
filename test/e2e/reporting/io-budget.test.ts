import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetTokensFromRefreshTokenCommand } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { STACK_NAME } from '../../../local/system.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { invoke } from '../../support/sign-in/invoke.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

// What guard-tokens calls in a deployment with a client that gets tokens without a code, counted at the endpoint.

const MINUTE = 60_000;
/** The client of another app in the pool. */
const LATE_APP = 'client-of-a-late-app';

interface LambdaFunction {
  readonly Type: string;
  readonly Properties: { readonly Environment: { readonly Variables: object } };
}

/** The stack's cloud assembly with further variables of guard-tokens. */
const withVariables = (variables: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'email-otp-reporting-'));
  cpSync(inject('templateFolder'), folder, { recursive: true });
  const file = join(folder, `${STACK_NAME}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly Resources: Record<string, LambdaFunction>;
  };
  for (const [id, { Type, Properties }] of Object.entries(template.Resources))
    if (Type === 'AWS::Lambda::Function' && id.startsWith('GuardTokens'))
      Object.assign(Properties.Environment.Variables, variables);
  writeFileSync(file, JSON.stringify(template));
  return folder;
};

let system: TestSystem;
let until: number;
beforeAll(async () => {
  until = Date.now() + 60 * MINUTE;
  const reporting = { [LATE_APP]: new Date(until).toISOString() };
  system = await startTestSystem({
    templateFolder: withVariables({ REPORTING_CLIENTS: JSON.stringify(reporting), TRACKS_CLIENTS: 'true' }),
  });
});
afterAll(() => stopTestSystem(system));

const callsOfGuard = (): readonly string[] =>
  system.calls
    .filter(({ caller }) => caller.includes('GuardTokens'))
    .map(({ operation }) => operation.split('.').at(-1) ?? operation);

/** What the action returns, and the calls that guard-tokens makes for it. */
const during = async <T>(action: () => Promise<T>) => {
  const before = callsOfGuard().length;
  const result = await action();
  return { result, calls: callsOfGuard().slice(before) };
};

const signIn = async (user: TestUser) => {
  const step = await provePassword(system.client, user);
  const { AuthenticationResult = {} } = await answerCode(
    system.client,
    user,
    step,
    await waitForCode(system, user),
  );
  return AuthenticationResult;
};
const refresh = (RefreshToken: string | undefined) =>
  system.client.send(new GetTokensFromRefreshTokenCommand({ ClientId: system.clientId, RefreshToken }));
/** Asks as Cognito does at the other app's client. */
const askLate = (source: string) =>
  invoke(system, 'GuardTokensLambdaFunction', {
    version: '1',
    triggerSource: `TokenGeneration_${source}`,
    userPoolId: system.poolId,
    callerContext: { clientId: LATE_APP },
    request: { userAttributes: { sub: '0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11' } },
    response: {},
  });

describe('guard-tokens, where a client of the pool reports,', () => {
  it('makes three calls for a sign-in when the records are due and else two, and for a refresh one or none', async () => {
    const first = await during(async () => signIn(await createUser(system)));
    const second = await during(async () => signIn(await createUser(system)));
    const early = await during(() => refresh(second.result.RefreshToken));
    system.clock.adjust({ offsetMs: 5 * MINUTE });
    const late = await during(() => refresh(first.result.RefreshToken));

    expect(first.calls.toSorted()).toEqual(['Query', 'Query', 'UpdateItem']);
    expect(second.calls).toEqual(['Query', 'UpdateItem']);
    expect([early.calls, late.calls]).toEqual([[], ['Query']]);
    expect(decodeJwt(second.result.IdToken ?? '').email_otp).toBe('verified');
    expect(decodeJwt(late.result.AuthenticationResult?.IdToken ?? '').email_otp).toBe('refreshed');
  });

  it('makes one write for the sign-ins without a code at that client, counts each, and refuses from its date on', async () => {
    system.clock.adjust({ offsetMs: 10 * MINUTE });
    const first = await during(() => askLate('Authentication'));
    const second = await during(() => askLate('HostedAuth'));
    const early = await askLate('RefreshTokens');
    system.clock.adjust({ offsetMs: 61 * MINUTE });
    const late = [await askLate('HostedAuth'), await askLate('RefreshTokens')];

    expect(first.calls.toSorted()).toEqual(['Query', 'Query', 'UpdateItem']);
    expect(second.calls).toEqual([]);
    for (const { error, payload } of [first.result, second.result, early]) {
      expect(error).toBeUndefined();
      expect(JSON.stringify(payload)).not.toContain('email_otp');
    }
    const dimensions = { service: 'guard-tokens', client: LATE_APP };
    expect(system.metrics.sumOf({ name: 'TokensReported', dimensions })).toBe(2);
    expect(late.map(({ error }) => error)).toEqual(['TokensRefused', 'TokensRefused']);
  });
});
