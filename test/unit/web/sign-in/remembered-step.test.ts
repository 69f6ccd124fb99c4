import { expect, test } from 'vitest';
import { createStepStore, recallEntry, writeEntry } from '../../../../web/sign-in/remembered-step.ts';

const NOW = 1_750_000_000_000;
const STEP = { kind: 'newPassword' } as const;

test('a step is recalled for as long as Amplify keeps its session, and no longer', () => {
  const entry = writeEntry(STEP, NOW);

  expect(recallEntry(entry, NOW + 174_000)).toEqual({ kind: 'step', step: STEP });
  expect(recallEntry(entry, NOW + 176_000)).toEqual({ kind: 'tooLate' });
});

test('nothing to recall differs from something that cannot be read', () => {
  expect(recallEntry(null, NOW)).toEqual({ kind: 'none' });
  expect(recallEntry('{', NOW)).toEqual({ kind: 'tooLate' });
});

test('a step that is forgotten is gone', () => {
  const items = new Map<string, string>();
  const store = createStepStore({
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  });

  store.remember(STEP);
  const recalled = store.recall();
  store.forget();

  expect(recalled).toEqual({ kind: 'step', step: STEP });
  expect(store.recall()).toEqual({ kind: 'none' });
});
