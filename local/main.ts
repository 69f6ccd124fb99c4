/** `npm start`: synthesizes the stack, starts it on this machine and prints the URLs. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { forgetAwsEnvironment } from '../shared/command/aws-environment.ts';
import { CommandError, EXIT } from '../shared/command/failure.ts';
import { runCommand } from '../shared/command/run-command.ts';
import { DEFAULT_FOLDER, type LocalOutputs, writeLocalOutputs } from '../shared/messages/outputs.ts';
import { bundleConsole } from './console/pages.ts';
import { DEMO_USER, ensureDemoUser } from './demo-user.ts';
import { INBOX_PATH } from './engines/ses/routes.ts';
import { faultsOn } from './faults/faults.ts';
import { lockFolder } from './folder-lock.ts';
import { createEndpoint } from './ground/endpoint.ts';
import { REGION } from './ground/template.ts';
import { readStartOptions, START, type StartOptions } from './options.ts';
import { synthesize } from './synth.ts';
import { clientSettings, type System, startSystem } from './system.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const describeOutputs = ({ url, outputs }: System): LocalOutputs => ({
  ...outputs,
  endpoint: url,
  region: REGION,
  inbox: `${url}${INBOX_PATH}`,
});

const describeFaults = ({ faults }: System): string => {
  const on = Object.entries(faultsOn(faults.current())).map(([name, value]) => `${name}=${value}`);
  return on.length === 0 ? 'none' : on.join(', ');
};

const announce = (
  system: System,
  { endpoint, UserPoolId, UserPoolClientId, inbox }: LocalOutputs,
  folder: string,
): void => {
  const elsewhere = folder === join(ROOT, DEFAULT_FOLDER) ? '' : ` --folder ${folder}`;
  console.log(`
  console        ${endpoint}/
  AWS endpoint   ${endpoint}   Cognito, DynamoDB, Lambda, SES, SQS, Step Functions, Secrets Manager
  user pool      ${UserPoolId}, client ${UserPoolClientId}, region ${REGION}
  mail           ${inbox}
  state, logs    ${folder}
  demo user      ${DEMO_USER.username}, password ${DEMO_USER.password}
  sign in        npm run sign-in -- --username ${DEMO_USER.username} --password ${DEMO_USER.password}${elsewhere}
  faults on      ${describeFaults(system)}
  changed code   Ctrl-C and npm start again: functions, workflow and pages are built anew

ready (Ctrl-C ends it; what is stored stays)`);
};

/** The caller holds the folder's lock. */
const start = async ({ port, folder, context, faults }: StartOptions): Promise<System> => {
  const templateFolder = join(folder, 'cdk.out');
  // Reports a taken port at once, not after the synthesis.
  await (await createEndpoint(port)).close();
  console.log('Synthesizing the stack …');
  await Promise.all([synthesize(templateFolder, context), bundleConsole()]);
  console.log('Starting the services …');
  const system = await startSystem({
    port,
    folder,
    templateFolder,
    faults,
    onMail: ({ subject }) => console.log(`A mail has arrived: "${subject}"`),
  });
  const outputs = describeOutputs(system);
  const client = new CognitoIdentityProviderClient(clientSettings(system.url));
  await ensureDemoUser(client, outputs.UserPoolId ?? '');
  writeLocalOutputs(folder, outputs);
  announce(system, outputs, folder);
  return system;
};

const explain = (error: unknown): CommandError | undefined => {
  const { code, port } = error as { readonly code?: string; readonly port?: number };
  if (code !== 'EADDRINUSE') return undefined;
  const text = `Port ${port} is in use. End the program that has it, or choose another: npm start -- --port ${Number(port) + 1}`;
  return new CommandError(text, EXIT.failed);
};

const run = async (options: StartOptions): Promise<void> => {
  const folder = resolve(ROOT, options.folder);
  const lock = lockFolder(folder);
  const system = await start({ ...options, folder });
  const close = async () => {
    await system.close();
    lock.release();
    process.exit(EXIT.done);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
};

forgetAwsEnvironment();
// Codes are in the mails, keys and verifiers in the state: whatever this process and its children write is its user's alone.
process.umask(0o077);
await runCommand({ usage: START, parse: readStartOptions, run, explain });
// After an error, the parts that have started would keep the process alive.
if (process.exitCode) process.exit();
