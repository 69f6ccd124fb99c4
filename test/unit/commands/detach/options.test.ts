import { expect, it, test } from 'vitest';
import { DETACH, readDetachOptions } from '../../../../commands/detach/options.ts';
import { CommandError } from '../../../../shared/command/failure.ts';
import { usageText } from '../../../../shared/command/usage.ts';

const STACK = ['--stack', 'Auth'];

it('detaches the pool of a stack, with the undo file that is usual, and asks first', () => {
  expect(readDetachOptions(STACK, true)).toEqual({
    plan: false,
    withoutUndo: false,
    json: false,
    yes: false,
    poolId: undefined,
    undo: undefined,
    source: { kind: 'stack', name: 'Auth', region: undefined, otp: undefined },
  });
});

it('takes everything else that is said', () => {
  const options = [
    '--without-undo',
    '--yes',
    '--json',
    '--pool-id',
    'eu-west-1_Abc',
    '--undo',
    'before.json',
  ];

  expect(readDetachOptions([...STACK, ...options], false)).toMatchObject({
    withoutUndo: true,
    yes: true,
    json: true,
    poolId: 'eu-west-1_Abc',
    undo: 'before.json',
  });
  expect(readDetachOptions([...STACK, '--plan'], false).plan).toBe(true);
});

test.each<[readonly string[], string]>([
  [[], 'There is no terminal to ask at; add --yes'],
  [['--json'], '--json asks nothing; add --yes'],
  [['--yes', '--pool-id', 'customers'], '--pool-id looks like eu-west-1_AbCdEfGhI'],
  [['--close', 'recovery'], "'--close'"],
])('refuses %j, saying how to do it', (args, message) => {
  const read = () => readDetachOptions([...STACK, ...args], false);

  expect(read).toThrow(CommandError);
  expect(read).toThrow(message);
  expect(read).toThrow(expect.objectContaining({ exit: 2 }));
});

it('explains its exit codes', () => {
  expect(usageText(DETACH)).toContain(
    'Exit codes: 0 detached, or nothing to do, 2 wrong options, 3 no such user pool, 4 nothing changed',
  );
});
