import { describe, expect, it, test } from 'vitest';
import { ATTACH, readAttachOptions } from '../../../../commands/attach/options.ts';
import { CommandError } from '../../../../shared/command/failure.ts';
import { usageText } from '../../../../shared/command/usage.ts';
import { NOW } from '../../../support/table/challenges.ts';

const STACK = ['--stack', 'Auth', '--region', 'eu-west-1'];
const read = (...args: readonly string[]) => readAttachOptions([...STACK, ...args], true);

it('attaches the pool of a stack, and asks first', () => {
  expect(read()).toEqual({
    task: 'attach',
    close: [],
    replace: [],
    accept: [],
    until: undefined,
    json: false,
    yes: false,
    poolId: undefined,
    undo: undefined,
    source: { kind: 'stack', name: 'Auth', region: 'eu-west-1', otp: undefined },
  });
});

it.each(['plan', 'check', 'revoke'])('does something else with --%s', (task) => {
  expect(read(`--${task}`).task).toBe(task);
});

it('takes doors and places by their names, several of each', () => {
  const options = read(
    ...['--close', 'recovery', '--close', '1abc', '--accept', 'devices', '--replace', 'CreateAuthChallenge'],
    ...['--replace', 'PreTokenGeneration', '--pool-id', 'eu-west-1_Abc', '--undo', 'before.json'],
  );

  expect(options).toMatchObject({
    close: ['recovery', '1abc'],
    accept: ['devices'],
    replace: ['CreateAuthChallenge', 'PreTokenGeneration'],
    poolId: 'eu-west-1_Abc',
    undo: 'before.json',
  });
});

describe('the time until which a closed client may refresh', () => {
  it.each([
    ['2025-03-01', Date.UTC(2025, 2, 1)],
    ['2025-03-01T12:30Z', Date.UTC(2025, 2, 1, 12, 30)],
    ['now', NOW],
  ])('is %s', (text, at) => {
    expect(read('--until', text).until?.(NOW)).toBe(at);
  });

  it('is not over yet by the time of the service', () => {
    expect(() => read('--until', '2025-01-15').until?.(NOW)).toThrow(
      '--until now ends those sessions at once',
    );
  });

  it.each(['2025-02-30', 'tomorrow', '2025-03-01T12:30', '1.3.2025', '20250301'])('is not "%s"', (text) => {
    expect(() => read('--until', text)).toThrow(`or now, not "${text}"`);
  });
});

test.each<[readonly string[], string]>([
  [['--plan', '--revoke'], '--plan and --revoke exclude each other'],
  [['--check', '--close', 'mfa'], '--close is for attaching; it says nothing with --check'],
  [['--revoke', '--until', 'now'], '--until is for attaching; it says nothing with --revoke'],
  [['--plan', '--yes'], '--plan asks nothing'],
  [['--check', '--undo', 'a.json'], '--check reads no undo file'],
  [['--json'], '--json asks nothing; add --yes'],
  [['--replace', 'PostConfirmation'], '--replace takes DefineAuthChallenge, CreateAuthChallenge'],
  [['--pool-id', 'customers'], '--pool-id looks like eu-west-1_AbCdEfGhI'],
  [['--force'], "'--force'"],
])('refuses %j, saying how to do it', (args, message) => {
  expect(() => read(...args)).toThrow(CommandError);
  expect(() => read(...args)).toThrow(message);
  expect(() => read(...args)).toThrow(expect.objectContaining({ exit: 2 }));
});

test.each([
  [[], false],
  [['--revoke'], false],
  [['--yes'], true],
  [['--yes', '--json'], true],
  [['--plan', '--json'], true],
  [['--check', '--json'], true],
])('without a terminal %j is possible: %s', (args, isPossible) => {
  const readUnattended = () => readAttachOptions([...STACK, ...args], false);

  if (isPossible) expect(readUnattended).not.toThrow();
  else expect(readUnattended).toThrow('There is no terminal to ask at; add --yes');
});

it('explains its exit codes', () => {
  expect(usageText(ATTACH)).toContain('5 with --check: the pool differs from what was attached');
});
