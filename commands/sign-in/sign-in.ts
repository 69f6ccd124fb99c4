/** `npm run sign-in`: signs a user in with password and mailed code, on the local system or a deployed pool. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { retryTime } from '../../shared/words/retry-time.ts';
import { duration } from '../../shared/words/times.ts';
import { InputEnded, openTerminal, type Terminal } from '../common/terminal.ts';
import { readSignInOptions, type SignInOptions, type Target, UsageError } from './options.ts';
import { type Person, type SignInResult, signIn } from './sign-in-flow.ts';
import { describeChallenge, time } from './words.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const EXIT = { signedIn: 0, refused: 1, usage: 2 } as const;

// Both SDK calls work without AWS credentials; a deployed pool accepts them unsigned.
const createClient = ({ region, local }: Target) =>
  new CognitoIdentityProviderClient({
    region,
    credentials: { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' },
    ...(local && { endpoint: local.endpoint }),
  });

/** Longer than this nobody waits at a prompt, and no cooldown lasts. */
const LONGEST_WAIT_MS = 300_000;

/**
 * Waits until the service mails again; a request before that would cost a round and mail nothing. Answers whether to make
 * one: not where the time is far away, because too many mails were ordered.
 */
const awaitResend = async (terminal: Terminal, { resendAt }: CodeChallenge): Promise<boolean> => {
  const now = Date.now();
  if (resendAt - now > LONGEST_WAIT_MS) {
    terminal.say(`Another mail can be ordered from ${retryTime(resendAt, now)} on.`);
    return false;
  }
  if (resendAt > now) {
    terminal.say(`Another mail can be ordered in ${duration(resendAt - now)}; waiting …`);
    await sleep(resendAt - now);
  }
  return true;
};

const createPerson = (terminal: Terminal, { target, resend, newPassword }: SignInOptions): Person => {
  let resendFirst = resend;
  let offeredPassword = newPassword;
  let before: CodeChallenge | undefined;
  return {
    code: async (challenge, last) => {
      terminal.say(describeChallenge(challenge, last, before));
      before = challenge;
      if (target.local && challenge.status !== 'SAME') {
        terminal.say(`The local inbox is ${target.local.inbox}`);
      }
      for (;;) {
        const typed = resendFirst ? 'resend' : await terminal.ask('Code (or "resend"): ');
        resendFirst = false;
        if (typed.trim().toLowerCase() !== 'resend') return { answer: typed };
        if (await awaitResend(terminal, challenge)) return 'resend';
      }
    },
    newPassword: async (problem) => {
      if (problem !== undefined) terminal.say(problem);
      const offered = offeredPassword;
      offeredPassword = undefined;
      return offered ?? terminal.ask('Choose a new password: ', { hidden: true });
    },
  };
};

const report = (terminal: Terminal, result: SignInResult, { tokens }: SignInOptions): number => {
  if (result.kind === 'refused') {
    terminal.say(result.reason);
    return EXIT.refused;
  }
  const { email, sub, exp } = decodeJwt(result.tokens.IdToken ?? '');
  terminal.say(`Signed in as ${email} (sub ${sub}); the tokens work until ${time((exp ?? 0) * 1000)}.`);
  if (tokens) terminal.say(JSON.stringify(result.tokens, null, 2));
  return EXIT.signedIn;
};

const run = async (terminal: Terminal): Promise<number> => {
  const options = readSignInOptions(process.argv.slice(2), ROOT);
  const { username, target } = options;
  const password = options.password ?? (await terminal.ask('Password: ', { hidden: true }));
  const credentials = { poolId: target.poolId, clientId: target.clientId, username, password };
  return report(
    terminal,
    await signIn(createClient(target), credentials, createPerson(terminal, options)),
    options,
  );
};

const explain = (error: unknown): { readonly text: string; readonly exit: number } => {
  if (error instanceof UsageError) return { text: error.message, exit: EXIT.usage };
  if (error instanceof InputEnded) return { text: error.message, exit: EXIT.refused };
  const { name, message, code } = error as Error & { readonly code?: string };
  if (code === 'ECONNREFUSED') {
    return {
      text: 'Nothing answers at the endpoint. Start the local system with: npm start',
      exit: EXIT.refused,
    };
  }
  return { text: `${name}: ${message}`, exit: EXIT.refused };
};

const terminal = openTerminal();
try {
  process.exitCode = await run(terminal);
} catch (error) {
  const { text, exit } = explain(error);
  console.error(text);
  process.exitCode = exit;
} finally {
  terminal.close();
}
