/** The command `sign-in`: signs a user in with password and mailed code, at the local system or a deployed pool. */
import { decodeJwt } from 'jose';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { clockTime } from '../../shared/words/times.ts';
import { explainWith } from '../common/failure.ts';
import { openTerminal, type Terminal } from '../common/terminal.ts';
import { readSignInOptions, SIGN_IN, type SignInOptions } from './options.ts';
import { createPerson } from './person.ts';
import { openPool } from './pool.ts';
import { type SignInResult, signIn } from './sign-in-flow.ts';

const report = (terminal: Terminal, result: SignInResult, { tokens }: SignInOptions): void => {
  if (result.kind === 'refused') throw new CommandError(result.reason, EXIT.failed);
  const { email, sub, exp } = decodeJwt(result.tokens.IdToken ?? '');
  terminal.say(`Signed in as ${email} (sub ${sub}); the tokens work until ${clockTime((exp ?? 0) * 1000)}.`);
  if (tokens) terminal.say(JSON.stringify(result.tokens, null, 2));
};

const run = async (options: SignInOptions): Promise<void> => {
  const { poolId, clientId, cognito, clock, inbox } = await openPool(options.pool);
  using terminal = openTerminal(EXIT.failed);
  const password = options.password ?? (await terminal.ask('Password: ', { hidden: true }));
  const credentials = { poolId, clientId, username: options.username, password };
  const person = createPerson(terminal, options, clock, inbox);
  report(terminal, await signIn(cognito, credentials, person, clock), options);
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
