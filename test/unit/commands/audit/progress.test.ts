import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgress } from '../../../../commands/audit/progress.ts';

const aStream = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
};

const ERASE = '\r\u001b[K';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says nothing of what is over within a second', () => {
  const stream = aStream(true);
  {
    using progress = createProgress(stream);
    progress.note({ read: 100, found: 20 });
    vi.advanceTimersByTime(999);
  }
  vi.advanceTimersByTime(10_000);

  expect(stream.written).toEqual([]);
});

it('rewrites one line on a terminal, and takes it away at the end', () => {
  const stream = aStream(true);
  {
    using progress = createProgress(stream);
    progress.note({ read: 100, found: 20 });
    progress.note({ read: 100, found: 5 });
    vi.advanceTimersByTime(1_000);
  }

  expect(stream.written).toEqual([`${ERASE}… 25 challenges so far, 2 pages read`, ERASE]);
});

it('makes room for what is printed in between', () => {
  const stream = aStream(true);
  using progress = createProgress(stream);
  vi.advanceTimersByTime(1_000);

  progress.clear();
  progress.clear();

  expect(stream.written).toEqual([expect.any(String), ERASE]);
});

it('writes a line every five seconds elsewhere', () => {
  const stream = aStream(false);
  using progress = createProgress(stream);
  vi.advanceTimersByTime(11_000);
  progress.clear();

  const line = '… 0 challenges so far, 0 pages read\n';
  expect(stream.written).toEqual([line, line]);
});
