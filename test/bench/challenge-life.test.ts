import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BREAKS } from '../unit/model/breaks.ts';
import { everyLife, playLives } from '../unit/model/every-life.ts';
import { SMALL } from '../unit/model/rules/model.ts';

// Many random sequences of `test/unit/model`. `MODEL_RUNS=2000` plays more. A failure prints its `MODEL_SEED` and `MODEL_PATH`:
// with these it is played again, and the shortest sequence that fails is found.
const { MODEL_RUNS = '100', MODEL_SEED, MODEL_PATH } = process.env;

test(`${MODEL_RUNS} challenges' lives come out as the model says`, () =>
  playLives(Number(MODEL_RUNS), {
    ...(MODEL_SEED && { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH && { path: MODEL_PATH }),
  }));

describe.skipIf(MODEL_PATH !== undefined)('random sequences find out where', () => {
  /** Ten times as many as it takes to find any of the breaks, as a rule. */
  const MOST = 300;

  test.each(Object.entries(BREAKS))('%s', async (name, { breaks }) => {
    const plan = { numRuns: MOST, endOnFailure: true };

    const { failed, numRuns, errorInstance, seed } = await fc.check(
      everyLife(fc.constant(SMALL), breaks),
      plan,
    );

    console.log(`${name}: found in sequence ${numRuns}, seed ${seed}`);
    expect(failed).toBe(true);
    expect(errorInstance).toMatchObject({ name: 'AssertionError' });
  });
});
