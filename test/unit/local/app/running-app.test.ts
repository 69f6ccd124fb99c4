import { existsSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { LoadApp } from '../../../../local/app/app.ts';
import { type RunningAppParts, runApp } from '../../../../local/app/running-app.ts';
import type { System } from '../../../../local/system.ts';

/** Apps by name, of which those that are called `bad` cannot be tried out, and those called `broken` not started. */
const aWorld = (...names: readonly string[]) => {
  const left = [...names];
  const done: string[] = [];
  const nameOf = new Map<LoadApp, string>();
  const parts: RunningAppParts = {
    read: async () => {
      const name = left.shift() ?? '';
      if (name === 'unreadable') throw new Error('no such command');
      if (name === 'loud') throw new Error('much\nthat was printed');
      const load: LoadApp = () => expect.unreachable();
      nameOf.set(load, name);
      return load;
    },
    start: async (load, isReturn) => {
      const name = nameOf.get(load) ?? '';
      done.push(`${isReturn ? 'go back to' : 'start'} ${name}`);
      if (name === 'broken') throw new Error('the port is gone');
      return { close: async () => void done.push(`close ${name}`) } as unknown as System;
    },
    tryOut: async (load, folder) => {
      expect(existsSync(folder)).toBe(true);
      if (nameOf.get(load) === 'bad') throw new Error('no EmailOtp');
    },
    say: vi.fn(),
  };
  return { parts, done };
};

test('a changed app takes the place of the one that runs', async () => {
  const { parts, done } = aWorld('first', 'second');
  const app = await runApp(parts);

  await app.reload();
  await app.close();

  expect(done).toEqual(['start first', 'close first', 'start second', 'close second']);
  expect(parts.say).not.toHaveBeenCalled();
});

test.each([
  ['bad', 'no EmailOtp'],
  ['unreadable', 'no such command'],
])('one that is %s leaves the other running, and says why', async (second, why) => {
  const { parts, done } = aWorld('first', second);
  const app = await runApp(parts);

  await app.reload();

  expect(done).toEqual(['start first']);
  expect(parts.say).toHaveBeenCalledWith(expect.stringContaining(why));
});

test('one that cannot be started gives way to the one before it', async () => {
  const { parts, done } = aWorld('first', 'broken');
  const app = await runApp(parts);

  await app.reload();
  await app.close();

  expect(done).toEqual(['start first', 'close first', 'start broken', 'go back to first', 'close first']);
  expect(parts.say).toHaveBeenCalledWith(expect.stringContaining('the port is gone'));
});

test('changes during a take-over lead to one more', async () => {
  const { parts, done } = aWorld('first', 'second', 'third', 'fourth');
  const app = await runApp(parts);

  await Promise.all([app.reload(), app.reload(), app.reload()]);

  expect(done.filter((text) => text.startsWith('start'))).toEqual([
    'start first',
    'start second',
    'start third',
  ]);
});

test('after reasons of several lines, what happened stands in the last line too', async () => {
  const { parts } = aWorld('first', 'loud');
  const app = await runApp(parts);

  const reloading = app.reload();
  expect(app.isBusy()).toBe(true);
  await reloading;

  expect(app.isBusy()).toBe(false);
  const [said] = vi.mocked(parts.say).mock.calls[0] ?? [];
  expect(said).toMatch(
    /^The changed app is not taken over, .* goes on:\nmuch\nthat was printed\nThe changed app is not .*$/,
  );
});
