import { test } from 'vitest';
import { expectEvenCodes } from '../../../support/table/code-spread.ts';

// Notices a digit that comes a tenth too often. The million codes of `test/bench` notice a seventh of that.
test('spreads the codes of many challenges evenly', () => expectEvenCodes(20_000));
