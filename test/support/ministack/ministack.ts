/** MiniStack, an emulator of AWS to which the unmodified CDK deploys. It runs for one test, on loopback, and ends with it. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { clientSettings } from '../../../local/system.ts';
import { type LeashedProcess, start } from '../process/process.ts';
import type { PythonEnvironment } from '../process/python.ts';

export const MINISTACK: PythonEnvironment = {
  title: 'MiniStack',
  folder: 'deploy',
  requirements: new URL('../../deploy/requirements.txt', import.meta.url),
};

const SCRIPT = fileURLToPath(new URL('../../deploy/start_ministack.py', import.meta.url));
const BIN = fileURLToPath(new URL('../../../node_modules/.bin', import.meta.url));
const REGION = 'us-east-1';
const START_PATIENCE_MS = 60_000;

export interface Ministack {
  readonly url: string;
  /** What it is and which of its switches are on: `version`, `auth`. */
  readonly health: Readonly<Record<string, unknown>>;
  /** A folder for the test's own files, removed at the end. */
  readonly folder: string;
  /** The settings that any AWS client needs. */
  readonly clients: ReturnType<typeof clientSettings> & { readonly maxAttempts: 1 };
  /** The same for commands, as environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  log(): string;
  end(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

/** MiniStack's functions run on the first `node` on the path, which is the pinned one. */
const PATH = `${BIN}${delimiter}${process.env.PATH ?? ''}`;

const emulatorEnvironment = (folder: string, port: number) => ({
  PATH,
  HOME: join(folder, 'home'),
  TMPDIR: join(folder, 'tmp'),
  S3_DATA_DIR: join(folder, 's3'),
  REMOVE_AT_END: folder,
  BIND_HOST: '127.0.0.1',
  MINISTACK_HOST: '127.0.0.1',
  GATEWAY_PORT: String(port),
  // Both of these would listen on every interface.
  IOT_MTLS_ENABLED: '0',
  SFTP_ENABLED: '0',
  // Functions run as processes, and no container of this machine is touched.
  LAMBDA_EXECUTOR: 'local',
  DOCKER_HOST: `unix://${join(folder, 'no-docker')}`,
  // An error of the pre token generation trigger would otherwise end in tokens.
  MINISTACK_COGNITO_PRETOKEN_STRICT: '1',
  LAMBDA_ASYNC_RETRY_BASE_SECONDS: '0.2',
  PYTHONUNBUFFERED: '1',
});

const commandEnvironment = (folder: string, url: string, accessKeyId: string) => ({
  PATH,
  AWS_ENDPOINT_URL: url,
  AWS_ENDPOINT_URL_S3: url,
  // The CDK remembers in the home folder which account a key belongs to, so both are this run's own.
  HOME: join(folder, 'home'),
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: REGION,
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  npm_config_loglevel: 'error',
});

const waitUntilHealthy = async (url: string, emulator: LeashedProcess): Promise<Ministack['health']> => {
  const giveUp = Date.now() + START_PATIENCE_MS;
  let over = false;
  void emulator.ended.then(() => {
    over = true;
  });
  while (!over && Date.now() < giveUp) {
    try {
      return (await (await fetch(`${url}/_ministack/health`)).json()) as Ministack['health'];
    } catch {
      await sleep(100);
    }
  }
  await emulator.end();
  throw new Error(`MiniStack did not start:\n${emulator.output()}`);
};

/** `python` is the path of a Python in which MiniStack is installed. */
export const startMinistack = async (python: string): Promise<Ministack> => {
  const folder = mkdtempSync(join(tmpdir(), 'email-otp-deploy-'));
  for (const name of ['home', 'tmp', 's3']) mkdirSync(join(folder, name));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const accessKeyId = `ministack${port}`;
  const emulator = start(python, [SCRIPT], emulatorEnvironment(folder, port));
  return {
    url,
    health: await waitUntilHealthy(url, emulator),
    folder,
    clients: { ...clientSettings(url, accessKeyId), maxAttempts: 1 },
    environment: commandEnvironment(folder, url, accessKeyId),
    log: () => emulator.output(),
    end: () => emulator.end(),
  };
};
