import { expect, it, test } from 'vitest';
import { ROTATE_KEY, readRotateKeyOptions } from '../../../../commands/rotate-key/options.ts';
import { CommandError } from '../../../../shared/command/failure.ts';
import { usageText } from '../../../../shared/command/usage.ts';

it('rotates the key of the local system where nothing is given', () => {
  expect(readRotateKeyOptions([], false)).toEqual({
    emergency: false,
    yes: false,
    source: { kind: 'local', folder: '.local' },
  });
});

it('replaces the keys of a deployed stack, after a question where somebody is there to answer', () => {
  const stack = ['--stack', 'EmailOtp', '--region', 'eu-west-1'];
  const source = { kind: 'stack', name: 'EmailOtp', region: 'eu-west-1' };

  expect(readRotateKeyOptions(['--emergency', ...stack], true)).toEqual({
    emergency: true,
    yes: false,
    source,
  });
  expect(readRotateKeyOptions(['--emergency', '--yes', ...stack], false)).toMatchObject({ yes: true });
});

test.each<[readonly string[], string]>([
  [['--emergency'], 'There is no terminal to ask at; --emergency needs --yes here'],
  [['--yes'], '--yes goes with --emergency'],
  [['--force'], "'--force'"],
  [['--region', 'eu-west-1'], '--region goes with --stack'],
  [['--stack', 'EmailOtp', '--folder', '.local'], '--folder is for the local system'],
])('refuses %j, saying how to do it', (args, message) => {
  const read = () => readRotateKeyOptions(args, false);

  expect(read).toThrow(CommandError);
  expect(read).toThrow(message);
  expect(read).toThrow(expect.objectContaining({ exit: 2 }));
});

it('explains its exit codes', () => {
  expect(usageText(ROTATE_KEY)).toContain('Exit codes: 0 rotated, 2 wrong options, 4 nothing changed');
});
