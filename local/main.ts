/** `npm start`: synthesizes the stack, starts it on this machine and says where everything is. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DEFAULT_FOLDER, type LocalOutputs, OUTPUTS_FILE } from '../shared/messages/outputs.ts';
import { bundleConsole } from './console/pages.ts';
import { DEMO_USER, ensureDemoUser } from './demo-user.ts';
import { INBOX_PATH } from './engines/ses/routes.ts';
import { faultsOn } from './faults/faults.ts';
import { FolderInUseError, lockFolder } from './folder-lock.ts';
import { createEndpoint } from './ground/endpoint.ts';
import { REGION } from './ground/template.ts';
import { asksForHelp, readStartOptions, type StartOptions, USAGE, UsageError } from './options.ts';
import { SynthError, synthesize } from './synth.ts';
import { clientSettings, type System, startSystem } from './system.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const describeOutputs = ({ url, outputs }: System): LocalOutputs => ({
  endpoint: url,
  region: REGION,
  poolId: outputs.UserPoolId ?? '',
  clientId: outputs.UserPoolClientId ?? '',
  tableName: outputs.TableName ?? '',
  keyringSecretArn: outputs.KeyringSecretArn ?? '',
  guardLimits: outputs.GuardLimits ?? '',
  inbox: `${url}${INBOX_PATH}`,
});

const describeFaults = ({ faults }: System): string => {
  const on = Object.entries(faultsOn(faults.current())).map(([name, value]) => `${name}=${value}`);
  return on.length === 0 ? 'none' : on.join(', ');
};

const announce = (
  system: System,
  { endpoint, poolId, clientId, inbox }: LocalOutputs,
  folder: string,
): void => {
  const elsewhere = folder === join(ROOT, DEFAULT_FOLDER) ? '' : ` --folder ${folder}`;
  console.log(`
  console        ${endpoint}/
  AWS endpoint   ${endpoint}   Cognito, DynamoDB, Lambda, SES, SQS, Step Functions, Secrets Manager
  user pool      ${poolId}, client ${clientId}, region ${REGION}
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
  // A taken port is told at once, not after the synthesis.
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
  await ensureDemoUser(client, outputs.poolId);
  writeFileSync(join(folder, OUTPUTS_FILE), `${JSON.stringify(outputs, null, 2)}\n`);
  announce(system, outputs, folder);
  return system;
};

/** What the person at the terminal can do about it, or undefined for what is our own mistake. */
const explain = (error: unknown): string | undefined => {
  if (error instanceof UsageError || error instanceof SynthError) return error.message;
  if (error instanceof FolderInUseError) {
    return `${error.message}. End that one, or choose another folder: npm start -- --folder .local-2`;
  }
  const { code, port } = error as { readonly code?: string; readonly port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. End the program that has it, or choose another: npm start -- --port ${Number(port) + 1}`;
  }
  return undefined;
};

try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) {
    console.log(USAGE);
    process.exit(0);
  }
  const options = readStartOptions(args);
  const folder = resolve(ROOT, options.folder);
  const lock = lockFolder(folder);
  const system = await start({ ...options, folder });
  const close = async () => {
    await system.close();
    lock.release();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
} catch (error) {
  const explanation = explain(error);
  if (explanation === undefined) throw error;
  console.error(explanation);
  process.exit(1);
}
