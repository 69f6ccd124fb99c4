import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyLife, playLives } from './every-life.ts';
import { SMALL } from './rules/model.ts';
import { BREAKS } from './service/breaks.ts';

// A challenge's life against a model of it: any sequence of sign-ins, resends, answers, waits, mails, reports, rotated keys
// and sweeps, with Cognito's repetitions, must have the results that the model expects, at each step and in the end. A few
// sequences are enough to notice that something is broken; `test/bench` plays hundreds.

test('any sequence of steps comes out as the model says', () => playLives(5));

describe('the model finds out where', () => {
  test.each(Object.entries(BREAKS))(
    '%s',
    async (_, breaks) => {
      const { failed, numRuns, errorInstance, seed } = await fc.check(everyLife(fc.constant(SMALL), breaks), {
        numRuns: 500,
        endOnFailure: true,
      });

      console.log(`found in sequence ${numRuns}, seed ${seed}`);
      expect(failed).toBe(true);
      expect(errorInstance).toMatchObject({ name: 'AssertionError' });
    },
    600_000,
  );
});
