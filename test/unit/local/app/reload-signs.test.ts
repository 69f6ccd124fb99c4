import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { howToReload, listenForReload, watchStamp } from '../../../../local/app/reload-signs.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('files that have changed are a sign once they stay as they are', () => {
  const stamps = ['1', '1', '2', '3', '3', '3'];
  const changed = vi.fn();
  watchStamp(() => stamps.shift() ?? '3', changed, 10);

  vi.advanceTimersByTime(30);
  const whileTheyChange = changed.mock.calls.length;
  vi.advanceTimersByTime(100);

  expect([whileTheyChange, changed.mock.calls.length]).toEqual([0, 1]);
});

test('nobody is told after the end', () => {
  const changed = vi.fn();
  let stamp = '1';
  const stop = watchStamp(() => stamp, changed, 10);

  stop();
  stamp = '2';
  vi.advanceTimersByTime(100);

  expect(changed).not.toHaveBeenCalled();
});

const aTerminal = (stdin: boolean, stdout: boolean) => ({
  stdin: Object.assign(new PassThrough(), { isTTY: stdin }),
  stdout: { isTTY: stdout },
});

test('Enter is a sign, and other lines are none', () => {
  vi.useRealTimers();
  const changed = vi.fn();
  const terminal = aTerminal(true, true);
  listenForReload(changed, terminal);

  terminal.stdin.write('\nwhat\nr\n');

  return expect.poll(() => changed.mock.calls.length).toBe(2);
});

test.each([
  [true, false],
  [false, true],
])('a job in the background reads nothing: stdin a terminal %s, stdout %s', (stdin, stdout) => {
  const terminal = aTerminal(stdin, stdout);

  listenForReload(() => expect.unreachable(), terminal);

  expect(terminal.stdin.listenerCount('data') + terminal.stdin.listenerCount('readable')).toBe(0);
  expect(howToReload(false, 'http://127.0.0.1:1', terminal)).toContain(
    'curl --request POST http://127.0.0.1:1/_local/reload',
  );
});

test('what is said is what works: Enter in a terminal, and nothing for files that are watched', () => {
  expect(howToReload(false, '', aTerminal(true, true))).toBe('Enter takes it over');
  expect(howToReload(true, '', aTerminal(false, false))).toContain('by itself');
});
