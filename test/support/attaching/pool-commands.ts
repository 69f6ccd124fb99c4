/** Runs `attach` and `detach` as processes of their own, with the outputs and the time of a local system that stands for a stack. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentFor, startAwsStandIn } from '../system/aws-stand-in.ts';
import { program } from '../system/command.ts';
import type { TestSystem } from '../system/local-system.ts';

const RUN = fileURLToPath(new URL('../../../tools/run.mjs', import.meta.url));

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PoolCommands extends Disposable {
  run(name: 'attach' | 'detach', ...args: readonly string[]): Promise<Ended>;
  /** The ARNs of the roles that were assumed, one for each time. */
  assumed(): readonly string[];
  /** The working directory of the commands, in which they keep their files. */
  readonly folder: string;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** `outputs` are those of the stack. What the commands keep is removed in the end. */
export const startPoolCommands = async (
  { url, clock }: Pick<TestSystem, 'url' | 'clock'>,
  outputs: Readonly<Record<string, unknown>>,
): Promise<PoolCommands> => {
  const aws = await startAwsStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'attach-'));
  aws.outputs = Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, escaped(String(value))]),
  );
  const environment = {
    ...environmentFor(aws),
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoint,
    AWS_ENDPOINT_URL_STS: aws.endpoint,
  };
  return {
    folder,
    run: async (name, ...args) => {
      aws.time = new Date(clock.now()).toUTCString();
      const all = [RUN, `commands/${name}/${name}.ts`, ...args, '--stack', 'Auth', '--region', 'us-east-1'];
      const running = program(process.execPath, all, environment, folder);
      const exit = await running.ended;
      return { exit, stdout: running.stdout(), stderr: running.stderr() };
    },
    assumed: () =>
      aws.received
        .map(({ body }) => new URLSearchParams(body))
        .filter((body) => body.get('Action') === 'AssumeRole')
        .map((body) => body.get('RoleArn') ?? ''),
    [Symbol.dispose]: () => {
      aws[Symbol.dispose]();
      rmSync(folder, { recursive: true });
    },
  };
};
