import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ProgramCommand, runProgram } from '../../../../tools/package/program.ts';

let printed: { log: string[]; error: string[] };
let argv: readonly string[];
beforeEach(() => {
  argv = process.argv;
  printed = { log: [], error: [] };
  vi.spyOn(console, 'log').mockImplementation((text) => void printed.log.push(text));
  vi.spyOn(console, 'error').mockImplementation((text) => void printed.error.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.argv = [...argv];
  process.exitCode = undefined;
});

const commandNamed = (name: string, summary: string) => ({
  usage: { name, synopsis: '[options]', summary, options: {} },
  start: vi.fn(async () => process.argv.slice(1)),
});

const run = async (...args: readonly string[]) => {
  const commands = [
    commandNamed('paint', 'paints the bicycle shed'),
    commandNamed('rotate-wheel', 'turns it'),
  ];
  process.argv = ['node', '/somewhere/program.mjs', ...args];
  await runProgram(commands satisfies readonly ProgramCommand[], '1.2.3');
  return Promise.all(commands.map(({ start }) => start.mock.results[0]?.value));
};

describe('a program', () => {
  test('runs the command that is named, with the options as its own', async () => {
    expect(await run('rotate-wheel', '--quick', '--help')).toEqual([
      undefined,
      ['rotate-wheel', '--quick', '--help'],
    ]);
    expect(printed).toEqual({ log: [], error: [] });
    expect(process.exitCode).toBeUndefined();
  });

  test.each(['--help', '-h'])('with %s lists its commands', async (option) => {
    expect(await run(option, 'paint')).toEqual([undefined, undefined]);
    expect(printed.log).toEqual([
      `npx cognito-email-otp <command> [options]

  paint         paints the bicycle shed
  rotate-wheel  turns it

What a command takes: npx cognito-email-otp <command> --help
The version:          npx cognito-email-otp --version`,
    ]);
    expect(process.exitCode).toBeUndefined();
  });

  test('says its version', async () => {
    await run('--version');

    expect(printed.log).toEqual(['1.2.3']);
  });

  test.each([
    [[], 'The command is missing: paint, rotate-wheel'],
    [['piant'], 'There is no command "piant"; the nearest is "paint"'],
    [['rotatewheel', '--help'], 'There is no command "rotatewheel"; the nearest is "rotate-wheel"'],
    [['wheel'], 'There is no command "wheel"; the commands are paint, rotate-wheel'],
    [['constructor'], 'There is no command "constructor"; the commands are paint, rotate-wheel'],
    [['--quick', 'paint'], 'The command comes before its options: paint, rotate-wheel'],
  ])('refuses %j', async (args, problem) => {
    expect(await run(...args)).toEqual([undefined, undefined]);
    expect(printed).toEqual({ log: [], error: [`${problem}; for help: npx cognito-email-otp --help`] });
    expect(process.exitCode).toBe(2);
  });
});
