/** Synthesizes the stack with the real CDK command line. The local engines read only its output. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError, EXIT, usageError } from '../shared/command/failure.ts';
import { readWrongSettings } from '../shared/messages/stack/wrong-settings.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CDK = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url));

/** The CDK ends with a line that only says that the app has failed; the cause is above it. */
const withoutLastLine = (printed: string): string =>
  printed.replace(/\n.*Subprocess exited with error \d+\s*$/, '');

const toFailure = (printed: string): CommandError => {
  const wrong = readWrongSettings(printed);
  return wrong === undefined
    ? new CommandError(withoutLastLine(printed).trim(), EXIT.failed)
    : usageError(wrong);
};

/**
 * Writes the cloud assembly to `output`. `context` holds the settings, for instance `{ codeLength: '8' }`. Throws
 * `CommandError` with what the CDK printed.
 */
export const synthesize = async (
  output: string,
  context: Readonly<Record<string, string>>,
): Promise<void> => {
  const settings = Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // The settings of a `.cdk.json` in the operator's home would count as ours. In this one there is only the CDK's cache.
  const home = join(output, 'home');
  const child = spawn(process.execPath, [CDK, 'synth', '--quiet', '--output', output, ...settings], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: home,
      USERPROFILE: home,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      // CloudFormation's rules matter only for a deployment, and loading them takes as long as all the rest.
      CDK_VALIDATION: 'false',
      npm_config_loglevel: 'error',
    },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw toFailure(printed.join(''));
};
