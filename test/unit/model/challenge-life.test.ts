import { describe, expect, test } from 'vitest';
import { BREAKS } from './breaks.ts';
import { live, playLives } from './every-life.ts';
import { SMALL } from './rules/model.ts';

// A challenge's life against a model of it: any sequence of sign-ins, resends, answers, questions, waits, mails, reports,
// changed addresses, rotated keys and sweeps, with Cognito's repetitions, must have the results that the model expects, at each
// step and in the end. `test/bench` plays hundreds of sequences, and finds the breaks without being told where to look.

test('any sequence of steps comes out as the model says', () => playLives(5));

describe('the model finds out where', () => {
  test.each(Object.entries(BREAKS))('%s', async (_, { breaks, life }) => {
    await live(SMALL, life);

    await expect(live(SMALL, life, breaks)).rejects.toMatchObject({ name: 'AssertionError' });
  });
});
