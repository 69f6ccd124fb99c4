import { test } from 'vitest';
import { expectEvenCodes } from '../support/table/code-spread.ts';

const CODES = Number(process.env.CODES ?? 1_000_000);

test(`spreads the codes of ${CODES} challenges evenly`, () => expectEvenCodes(CODES));
