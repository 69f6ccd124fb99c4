import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { aFunction, eventually, isAlive } from '../a-lambda.ts';

const LOCAL = new URL('../../../../../../local/', import.meta.url);

/** A process that invokes the function, prints the pid that the function printed, and waits. */
const aParent = (source: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'parent-'));
  const fn = aFunction(source, { timeoutSeconds: 60, environment: { PID_FILE: join(folder, 'pid') } });
  const script = join(folder, 'parent.mjs');
  writeFileSync(
    script,
    `import { existsSync, readFileSync } from 'node:fs';
     import { createClock } from '${new URL('ground/clock.ts', LOCAL).href}';
     import { createLambda } from '${new URL('engines/lambda/lambda.ts', LOCAL).href}';
     import { openState } from '${new URL('ground/state.ts', LOCAL).href}';
     const fn = ${JSON.stringify(fn)};
     const lambda = createLambda({
       functions: [fn], clock: createClock(), state: openState(${JSON.stringify(folder)}), eventInvokeConfigs: [],
       sendMessage: () => {}, logFolder: ${JSON.stringify(folder)}, environment: {},
     });
     void lambda.invoke(fn.arn, {});
     const wait = setInterval(() => {
       if (!existsSync(fn.environment.PID_FILE)) return;
       clearInterval(wait);
       console.log(readFileSync(fn.environment.PID_FILE, 'utf8'));
     }, 20);`,
  );
  return spawn(process.execPath, [pathToFileURL(script).pathname], { stdio: ['ignore', 'pipe', 'inherit'] });
};

test.each([
  ['waits', 'await new Promise(() => setInterval(() => {}, 1_000));'],
  ['loops without end', 'for (;;);'],
])('a function that %s dies with a killed engine', async (_, body) => {
  const parent = aParent(`
    import { writeFileSync, renameSync } from 'node:fs';
    export const handler = async () => {
      writeFileSync(process.env.PID_FILE + '.new', String(process.pid));
      renameSync(process.env.PID_FILE + '.new', process.env.PID_FILE);
      ${body}
    };`);
  const [output] = await once(parent.stdout, 'data');
  const pid = Number(String(output));
  expect(isAlive(pid)).toBe(true);

  parent.kill('SIGKILL');

  expect(await eventually(() => !isAlive(pid))).toBe(true);
});
