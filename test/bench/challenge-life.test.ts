import { test } from 'vitest';
import { playLives } from '../unit/model/every-life.ts';

// Many random sequences of `test/unit/model`. `MODEL_RUNS=2000` plays more. A failure prints its `MODEL_SEED` and `MODEL_PATH`:
// with these it is played again, and the shortest sequence that fails is found.
const { MODEL_RUNS = '100', MODEL_SEED, MODEL_PATH } = process.env;

test(`${MODEL_RUNS} challenges' lives come out as the model says`, () =>
  playLives(Number(MODEL_RUNS), {
    ...(MODEL_SEED && { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH && { path: MODEL_PATH }),
  }));
