import { expect, test } from 'vitest';
import { createCodeStep, resumeCodeStep } from '../../../../client/code-step.ts';
import { writePublicParameters } from '../../../../shared/messages/public-parameters.ts';
import { createStepKeeper, recallEntry, writeEntry } from '../../../../web/sign-in/remembered-step.ts';
import { scriptedCalls } from '../../../support/client/scripted-calls.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = 1_750_000_000_000;
const STEP = 'newPassword';

const aKeeper = () => {
  const items = new Map<string, string>();
  return createStepKeeper({
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  });
};

test('a step is recalled for as long as Amplify keeps its session, and no longer', () => {
  const entry = writeEntry(STEP, NOW);

  expect(recallEntry(entry, NOW + 174_000)).toEqual({ kind: 'newPassword' });
  expect(recallEntry(entry, NOW + 176_000)).toEqual({ kind: 'tooLate' });
});

test('the step that asks for the code is recalled as it was, to go on with', () => {
  const challenge = aCodeChallenge(NOW, { now: NOW, attemptsLeft: 3 });
  const parameters = writePublicParameters(challenge);
  const options = { calls: scriptedCalls(), username: 'alice@example.com', parameters };
  const keeper = aKeeper();

  keeper.remember(createCodeStep(options));
  const recalled = keeper.recall();

  const saved = recalled.kind === 'code' ? recalled.saved : expect.unreachable(recalled.kind);
  expect(JSON.stringify(saved)).toContain('alice@example.com');
  expect(resumeCodeStep(options, saved).state).toMatchObject({
    kind: 'code',
    challenge,
    news: { kind: 'stepResumed' },
  });
});

test('nothing to recall differs from something that cannot be read', () => {
  expect(recallEntry(null, NOW)).toEqual({ kind: 'none' });
  expect(recallEntry('{', NOW)).toEqual({ kind: 'tooLate' });
});

test('a step that is forgotten is gone', () => {
  const keeper = aKeeper();

  keeper.remember(STEP);
  const recalled = keeper.recall();
  keeper.forget();

  expect(recalled).toEqual({ kind: 'newPassword' });
  expect(keeper.recall()).toEqual({ kind: 'none' });
});

test('a browser that keeps nothing recalls no step, and the sign-in goes on', () => {
  const keeper = createStepKeeper(undefined);

  keeper.remember(STEP);
  keeper.forget();

  expect(keeper.recall()).toEqual({ kind: 'none' });
});
