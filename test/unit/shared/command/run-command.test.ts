import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandError, EXIT, usageError } from '../../../../shared/command/failure.ts';
import { type Command, runCommand } from '../../../../shared/command/run-command.ts';

let printed: { log: unknown[]; error: unknown[] };
beforeEach(() => {
  printed = { log: [], error: [] };
  vi.spyOn(console, 'log').mockImplementation((text) => void printed.log.push(text));
  vi.spyOn(console, 'error').mockImplementation((text) => void printed.error.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const command = (changes: Partial<Command<readonly string[]>>): Command<readonly string[]> => ({
  usage: { name: 'paint', synopsis: '[options]', summary: 'paints', options: {} },
  parse: (args) => args,
  run: async () => {},
  ...changes,
});

const throwing = (error: unknown) => async () => {
  throw error;
};

describe('a command', () => {
  it('runs with what its command line says, and leaves the exit code alone', async () => {
    const run = vi.fn(async () => {});

    await runCommand(command({ parse: (args) => [...args, 'read'], run }), ['--quick']);

    expect(run).toHaveBeenCalledWith(['--quick', 'read']);
    expect(process.exitCode).toBeUndefined();
    expect(printed).toEqual({ log: [], error: [] });
  });

  it('prints its help and does nothing where it is asked for, whatever else is given', async () => {
    const run = vi.fn(async () => {});

    await runCommand(command({ run, parse: () => Promise.reject(new Error('not read')) as never }), [
      '--nonsense',
      '-h',
    ]);

    expect(printed).toEqual({ log: [expect.stringMatching(/^npm run paint -- \[options\]\n/)], error: [] });
    expect(run).not.toHaveBeenCalled();
    expect(process.exitCode).toBeUndefined();
  });

  it('says what is wrong with the command line and how to get help, in one line', async () => {
    const parse = () => {
      throw usageError('--size is missing.');
    };

    await runCommand(command({ parse }), []);

    expect(printed.error).toEqual(['--size is missing; for help: npm run paint -- --help']);
    expect(printed.log).toEqual([]);
    expect(process.exitCode).toBe(2);
  });

  it('that fails says why, with the exit code of the failure', async () => {
    await runCommand(command({ run: throwing(new CommandError('It rains.', EXIT.refused)) }), []);

    expect(printed.error).toEqual(['It rains.']);
    expect(process.exitCode).toBe(4);
  });

  it('explains the errors of others', async () => {
    const explain = (error: unknown) =>
      error === 'rain' ? new CommandError('It rains.', EXIT.notFound) : undefined;

    await runCommand(command({ run: throwing('rain'), explain }), []);

    expect(printed.error).toEqual(['It rains.']);
    expect(process.exitCode).toBe(3);
  });

  it.each([[undefined], [() => undefined]])(
    'shows a mistake of our own as it is, with its stack',
    async (explain) => {
      const mistake = new TypeError('x is not a function');

      await runCommand(command({ run: throwing(mistake), ...(explain && { explain }) }), []);

      expect(printed.error).toEqual([mistake]);
      expect(process.exitCode).toBe(1);
    },
  );
});
