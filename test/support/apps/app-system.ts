/** A local system that runs an app of this folder, and sign-ins to each of its pools. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, type JWTPayload } from 'jose';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { foreignApp } from '../../../local/app/app.ts';
import { readApp } from '../../../local/app/app-files.ts';
import type { RawStack } from '../../../local/ground/template/raw-stack.ts';
import { answerCode } from '../sign-in/answer-code.ts';
import {
  createUser,
  startTestSystem,
  type TestSystem,
  type TestSystemOptions,
  waitForCode,
} from '../system/local-system.ts';
import { synthesizeApp } from './synthesize-app.ts';

/** The stacks of the app. `context` is that of its synthesis. */
export const stacksOf = async (
  name: string,
  context: Readonly<Record<string, string>> = {},
): Promise<readonly RawStack[]> => {
  const unpacked = mkdtempSync(join(tmpdir(), 'unpacked-'));
  return readApp(await synthesizeApp(name, context), { unpacked, parameters: {} });
};

/** `context` is that of the app's synthesis. */
export const startAppSystem = async (
  name: string,
  context: Readonly<Record<string, string>> = {},
  options: TestSystemOptions = {},
): Promise<TestSystem> => startTestSystem({ ...options, load: foreignApp(await stacksOf(name, context)) });

export interface SignedIn {
  readonly code: string;
  readonly claims: JWTPayload;
}

/** Signs a new user of the pool of this `EmailOtp` in through each client of the pool, one after the other. */
export const signInThroughEach = async (system: TestSystem, otp: string): Promise<readonly SignedIn[]> => {
  const { outputs, clients } = system.otps.find(({ id }) => id === otp) ?? { outputs: {}, clients: [] };
  const poolId = outputs.UserPoolId ?? '';
  const user = await createUser({ ...system, poolId });
  const done: SignedIn[] = [];
  for (const { clientId } of clients) {
    const person = { ...user, clientId };
    const step = await provePassword(system.client, person);
    const code = await waitForCode(system, person, done.length + 1);
    const { AuthenticationResult } = await answerCode(system.client, person, step, code);
    done.push({ code, claims: decodeJwt(AuthenticationResult?.IdToken ?? '') });
  }
  return done;
};
