/** `npm run sign-in`: signs a user in with password and mailed code, on the local system or a deployed pool. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { readSignInOptions, type SignInOptions, type Target, UsageError } from './options.ts';
import { type CodeChallenge, type Person, type SignInResult, signIn } from './sign-in-flow.ts';
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

const describe = (challenge: CodeChallenge, again: boolean, { local }: Target): string => {
  const { destination, attemptsLeft, expiresAt, deliveryNumber } = challenge;
  const lines: string[] = [];
  if (challenge.challenge === 'NEW')
    lines.push(`A code is on its way to ${destination}; it works until ${time(expiresAt)}.`);
  else if (challenge.challenge === 'REPLACED') {
    lines.push(`The last code is no longer valid. A new one is on its way to ${destination}.`);
  } else if (again) {
    lines.push(
      `Not signed in yet. The same code still works until ${time(expiresAt)}: ${attemptsLeft} tries left, mail ${deliveryNumber} ordered.`,
    );
  }
  if (challenge.delivery === 'FAILED')
    lines.push('The last mail could not be sent. Type "resend" for another.');
  if (local && challenge.challenge !== 'SAME') lines.push(`The local inbox is ${local.inbox}`);
  return lines.join('\n');
};

const createPerson = (terminal: Terminal, options: SignInOptions): Person => {
  let resendFirst = options.resend;
  let offeredPassword = options.newPassword;
  return {
    code: async (challenge, again) => {
      terminal.say(describe(challenge, again, options.target));
      if (resendFirst) {
        resendFirst = false;
        const wait = Math.max(0, Date.parse(challenge.resendAt ?? '') - Date.now());
        terminal.say(`Ordering another mail at ${time(challenge.resendAt)} …`);
        await sleep(wait);
        return 'resend';
      }
      const answer = await terminal.ask('Code (or "resend"): ');
      return answer.trim().toLowerCase() === 'resend' ? 'resend' : { answer };
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
