import { test } from 'vitest';
import { playLives } from '../unit/model/every-life.ts';

// The random sequences of `test/unit/model`, many of them. `MODEL_RUNS=2000` looks further; the `MODEL_SEED` and `MODEL_PATH`
// that a failure has printed play it again and find the shortest sequence that fails.
const { MODEL_RUNS = '100', MODEL_SEED, MODEL_PATH } = process.env;

test(`${MODEL_RUNS} challenges' lives come out as the model says`, () =>
  playLives(Number(MODEL_RUNS), {
    ...(MODEL_SEED && { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH && { path: MODEL_PATH }),
  }));
