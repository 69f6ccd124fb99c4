/** `npm run sign-in`: signs a user in with password and mailed code, on the local system or a deployed pool. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { retryTime } from '../../shared/words/retry-time.ts';
import { duration } from '../../shared/words/times.ts';
import { explainWith } from '../common/failure.ts';
import { openTerminal, type Terminal } from '../common/terminal.ts';
import { readSignInOptions, SIGN_IN, type SignInOptions } from './options.ts';
import { openPool } from './pool.ts';
import { type Person, type SignInResult, signIn } from './sign-in-flow.ts';
import { describeChallenge, time } from './words.ts';

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

const createPerson = (
  terminal: Terminal,
  { resend, newPassword }: SignInOptions,
  inbox: string | undefined,
): Person => {
  let resendFirst = resend;
  let offeredPassword = newPassword;
  let before: CodeChallenge | undefined;
  return {
    code: async (challenge, last) => {
      terminal.say(describeChallenge(challenge, last, before));
      before = challenge;
      if (inbox !== undefined && challenge.status !== 'SAME') {
        terminal.say(`The local inbox is ${inbox}`);
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

const report = (terminal: Terminal, result: SignInResult, { tokens }: SignInOptions): void => {
  if (result.kind === 'refused') throw new CommandError(result.reason, EXIT.failed);
  const { email, sub, exp } = decodeJwt(result.tokens.IdToken ?? '');
  terminal.say(`Signed in as ${email} (sub ${sub}); the tokens work until ${time((exp ?? 0) * 1000)}.`);
  if (tokens) terminal.say(JSON.stringify(result.tokens, null, 2));
};

const run = async (options: SignInOptions): Promise<void> => {
  const { poolId, clientId, settings, inbox } = await openPool(options.pool);
  using terminal = openTerminal(EXIT.failed);
  const password = options.password ?? (await terminal.ask('Password: ', { hidden: true }));
  const credentials = { poolId, clientId, username: options.username, password };
  const person = createPerson(terminal, options, inbox);
  report(terminal, await signIn(new CognitoIdentityProviderClient(settings), credentials, person), options);
};

await runCommand({
  usage: SIGN_IN,
  parse: readSignInOptions,
  run,
  explain: explainWith({
    permissions: 'cognito-idp:InitiateAuth and cognito-idp:RespondToAuthChallenge, which anybody may call',
    missing: 'the user pool or its client',
  }),
});
