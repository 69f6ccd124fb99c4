import { expect, test } from 'vitest';
import { GuardContended } from '../../../../../shared/table/user-store.ts';

test('losing every race has a name that survives minifying, and says what happened', () => {
  expect(String(new GuardContended())).toBe('GuardContended: The user record kept changing');
});
