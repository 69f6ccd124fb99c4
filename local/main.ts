/** `npm start`: reads an app or this repository's own stack, runs its second factor on this machine and prints the URLs. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { forgetAwsEnvironment } from '../shared/command/aws-environment.ts';
import { CommandError, EXIT, explainFileError } from '../shared/command/failure.ts';
import { baseFolder, callOf, PLACE } from '../shared/command/place.ts';
import { runCommand } from '../shared/command/run-command.ts';
import { writeLocalOutputs } from '../shared/messages/stack/outputs.ts';
import { announcementText, describeOutputs } from './app/announce.ts';
import type { LoadApp } from './app/app.ts';
import { type AppSource, openSource } from './app/app-source.ts';
import { howToReload, listenForReload, watchStamp } from './app/reload-signs.ts';
import { writeLeftAlone } from './app/rest/describe-left-alone.ts';
import { type RunningApp, runApp } from './app/running-app.ts';
import { createDemoUsers, createUsersOf, type OfferedUsers } from './app/users/offered-users.ts';
import { loadConsole } from './console/pages.ts';
import { APP_DEMO_USER, DEMO_USER, type DemoUser } from './demo-user.ts';
import { lockFolder } from './folder-lock.ts';
import { createEndpoint } from './ground/endpoint.ts';
import { readStartOptions, START, type StartOptions } from './options.ts';
import { clientSettings, type System, startSystem } from './system.ts';

const BASE = baseFolder(fileURLToPath(new URL('..', import.meta.url)));

/** The folder of whoever called: npm runs its scripts in the root and says where it was called. */
const CALLER = (PLACE === 'repository' ? process.env.INIT_CWD : undefined) ?? process.cwd();

/** An app may look things up in AWS while it is synthesized, so its command gets what this process forgets. */
const terminalEnvironment = { ...process.env };

/** Whoever brings users needs none to try the sign-in with. */
const demoUserFor = ({ users }: StartOptions, { isOwn }: AppSource): DemoUser | false => {
  if (users !== undefined) return false;
  return isOwn ? DEMO_USER : APP_DEMO_USER;
};

const createUsers = async (system: System, users: string | undefined): Promise<OfferedUsers> => {
  const client = new CognitoIdentityProviderClient(clientSettings(system.url));
  const { otps, demoUser } = system;
  if (users !== undefined) return createUsersOf(client, otps, resolve(CALLER, users));
  if (demoUser === false) return { kind: 'nobody' };
  const absent = await system.absentPools();
  const present = otps.filter(({ outputs }) => !absent.includes(outputs.UserPoolId ?? ''));
  return createDemoUsers(client, present, demoUser, (text) => console.log(text));
};

const explain = (error: unknown): CommandError | undefined => {
  const { code, port } = error as { readonly code?: string; readonly port?: number };
  if (code !== 'EADDRINUSE') return explainFileError(error);
  const other = callOf('start', `--port ${Number(port) + 1}`);
  const text = `Port ${port} is in use. End the program that has it, or choose another: ${other}`;
  return new CommandError(text, EXIT.failed);
};

/** A closed terminal hangs up. */
const ENDINGS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.ended, SIGHUP: EXIT.ended } as const;

/** Ends the process at a signal, with all that it has begun. `app` is undefined until it is ready. */
const endBySignals = (ending: AbortController, app: () => RunningApp | undefined, release: () => void) => {
  const end = async (exit: number) => {
    const running = app();
    ending.abort();
    await running?.close();
    release();
    process.exit(running === undefined ? exit : EXIT.done);
  };
  for (const [signal, exit] of Object.entries(ENDINGS)) process.once(signal, () => void end(exit));
};

const run = async (options: StartOptions): Promise<void> => {
  const { port, faults, users } = options;
  const folder = resolve(BASE, options.folder);
  const lock = lockFolder(folder);
  const ending = new AbortController();
  let app: RunningApp | undefined;
  endBySignals(ending, () => app, lock.release);
  const source = openSource(options, {
    folder,
    caller: CALLER,
    environment: terminalEnvironment,
    ending: ending.signal,
  });
  const demoUser = demoUserFor(options, source);

  const read = async (): Promise<LoadApp> => {
    console.log(source.doing);
    const [load] = await Promise.all([source.read(), loadConsole()]);
    return load;
  };
  const start = async (load: LoadApp, isReturn = false): Promise<System> => {
    console.log('Starting the services …');
    const onMail = ({ subject }: { readonly subject: string }) =>
      console.log(`A mail has arrived: "${subject}"`);
    const reload = { start: () => void app?.reload(), isUnderWay: () => app?.isBusy() === true };
    const system = await startSystem({
      port,
      folder,
      load,
      faults,
      demoUser,
      onMail,
      onFunctionFailure: console.error,
      onAttachment: (text) => console.log(text),
      // It has run before, so it is better than none.
      startsUnattached: isReturn,
      reload,
    });
    const offered = await createUsers(system, users).catch(async (error: unknown) => {
      await system.close();
      throw error;
    });
    const leftAloneFile = writeLeftAlone(folder, system.leftAlone);
    writeLocalOutputs(folder, describeOutputs(system));
    system.announceReady(offered.kind === 'demo' ? undefined : 'nobody');
    const { isOwn, isWatched } = source;
    console.log(
      announcementText({
        system,
        folder,
        base: BASE,
        isOwn,
        users: offered,
        leftAloneFile,
        absentPools: await system.absentPools(),
        howToReload: howToReload(isWatched, system.url),
      }),
    );
    return system;
  };
  const tryOut = async (load: LoadApp, trial: string) => {
    const system = await startSystem({ port: 0, folder: trial, load, demoUser: false });
    await createUsers(system, users).finally(() => system.close());
  };

  // Reports a taken port at once, not after the synthesis.
  await (await createEndpoint(port)).close();
  const say = (text: string) => {
    if (!ending.signal.aborted) console.error(text);
  };
  const running = await runApp({ read, start, tryOut, say });
  app = running;
  listenForReload(() => void running.reload());
  watchStamp(source.stamp, () => void running.reload());
};

forgetAwsEnvironment();
// Codes are in the mails, keys and verifiers in the state: whatever this process and its children write is its user's alone.
process.umask(0o077);
await runCommand({
  usage: START,
  parse: (args) => readStartOptions(args, CALLER),
  run,
  explain,
});
// After an error, the parts that have started would keep the process alive.
if (process.exitCode) process.exit();
