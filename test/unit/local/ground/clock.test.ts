import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '../../../../local/ground/clock.ts';
import { MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const passes = (ms: number) => vi.setSystemTime(Date.now() + ms);

test('shows real time until it is adjusted', () => {
  const clock = createClock();

  passes(MINUTE);

  expect(clock.now()).toBe(NOW + MINUTE);
  expect(clock.realDuration(MINUTE)).toBe(MINUTE);
});

test('can be moved on, and back', () => {
  const clock = createClock();

  clock.adjust({ offsetMs: 60 * MINUTE });
  const later = clock.now();
  clock.adjust({ offsetMs: -90 * MINUTE });
  const earlier = clock.now();

  expect([later, earlier]).toEqual([NOW + 60 * MINUTE, NOW - 30 * MINUTE]);
});

test('runs faster from the moment at which the rate is set, without a jump', () => {
  const clock = createClock();
  passes(MINUTE);

  clock.adjust({ rate: 60 });
  const then = clock.now();
  passes(SECOND);

  expect(then).toBe(NOW + MINUTE);
  expect(clock.now()).toBe(NOW + 2 * MINUTE);
  expect(clock.realDuration(MINUTE)).toBe(SECOND);
});

test('keeps its rate when it is only moved', () => {
  const clock = createClock();
  clock.adjust({ rate: 10 });

  clock.adjust({ offsetMs: MINUTE });
  passes(SECOND);

  expect(clock.now()).toBe(NOW + MINUTE + 10 * SECOND);
});

test('gives settings with which another process shows the same time', () => {
  const clock = createClock();
  clock.adjust({ offsetMs: MINUTE, rate: 7 });
  passes(3 * SECOND);

  const { realAnchor, shownAnchor, rate } = clock.settings();

  expect(Math.floor(shownAnchor + (Date.now() - realAnchor) * rate)).toBe(clock.now());
});

test('shows whole milliseconds', () => {
  const clock = createClock();

  clock.adjust({ rate: 1 / 3 });
  passes(10);

  expect(Number.isInteger(clock.now())).toBe(true);
});
