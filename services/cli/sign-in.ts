/** `npm run sign-in`: signs a user in with password and mailed code, on the local system or a deployed pool. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describeProblem } from './delivery-problem.ts';
import { readSignInOptions, type SignInOptions, type Target, UsageError } from './options.ts';
import {
  type CodeChallenge,
  type CodeReply,
  type Person,
  type SignInResult,
  signIn,
} from './sign-in-flow.ts';
import { InputEnded, openTerminal, type Terminal } from './terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const EXIT = { signedIn: 0, refused: 1, usage: 2 } as const;

// Both SDK calls work without AWS credentials; a deployed pool accepts them unsigned.
const createClient = ({ region, local }: Target) =>
  new CognitoIdentityProviderClient({
    region,
    credentials: { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' },
    ...(local && { endpoint: local.endpoint }),
  });

const time = (iso: string | undefined): string =>
  iso === undefined ? 'soon' : new Date(iso).toLocaleTimeString();

/** What the person has to know before the next answer. */
const describe = (challenge: CodeChallenge, last: CodeReply | undefined): string => {
  const { destination, attemptsLeft, expiresAt, deliveryNumber } = challenge;
  const until = `it works until ${time(expiresAt)}`;
  const problem = describeProblem(challenge.delivery);
  const wrong = challenge.challenge === 'SAME' && last !== 'resend';
  if (problem !== undefined) {
    return wrong ? `That is not the code; tries left: ${attemptsLeft}. ${problem}` : problem;
  }
  if (challenge.challenge === 'NEW') return `A code is on its way to ${destination}; ${until}.`;
  if (challenge.challenge === 'REPLACED') {
    return `The last code is no longer valid. A new one is on its way to ${destination}; ${until}.`;
  }
  if (last === 'resend') return `Mail ${deliveryNumber} with the same code goes to ${destination}; ${until}.`;
  return `That is not the code. The one that was mailed still works until ${time(expiresAt)}; tries left: ${attemptsLeft}.`;
};

/** Waits until the service mails again; a request before that would cost a round and mail nothing. */
const awaitResend = async (terminal: Terminal, { resendAt }: CodeChallenge): Promise<'resend'> => {
  const wait = Date.parse(resendAt ?? '') - Date.now();
  if (wait > 0) {
    terminal.say(`Another mail can be ordered at ${time(resendAt)}; waiting …`);
    await sleep(wait);
  }
  return 'resend';
};

const createPerson = (terminal: Terminal, { target, resend, newPassword }: SignInOptions): Person => {
  let resendFirst = resend;
  let offeredPassword = newPassword;
  return {
    code: async (challenge, last) => {
      terminal.say(describe(challenge, last));
      if (target.local && challenge.challenge !== 'SAME') {
        terminal.say(`The local inbox is ${target.local.inbox}`);
      }
      const typed = resendFirst ? 'resend' : await terminal.ask('Code (or "resend"): ');
      resendFirst = false;
      return typed.trim().toLowerCase() === 'resend' ? awaitResend(terminal, challenge) : { answer: typed };
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
  terminal.say(
    `Signed in as ${email} (sub ${sub}); the tokens work until ${time(new Date((exp ?? 0) * 1000).toISOString())}.`,
  );
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
