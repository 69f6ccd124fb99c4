import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  generatePassword,
  passwordProblem,
} from '../../../../../../local/engines/cognito/users/password-policy.ts';

const STRICT = {
  minimumLength: 8,
  uppercase: true,
  lowercase: true,
  numbers: true,
  symbols: true,
  temporaryPasswordMs: 1,
  historySize: 0,
};

test.each([
  ['Aa1!', 'Password not long enough'],
  ['AAAAAA1!', 'Password must have lowercase characters'],
  ['aaaaaa1!', 'Password must have uppercase characters'],
  ['Aaaaaaa!', 'Password must have numeric characters'],
  ['Aaaaaaa1', 'Password must have symbol characters'],
  ['Aaaaaa1!', undefined],
  ['Aaaa aa1', undefined],
])('%s: %s', (password, problem) => {
  expect(passwordProblem(STRICT, password)).toBe(problem);
});

test('a generated password meets the strictest policy of any length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 99 }), (minimumLength) => {
      const policy = { ...STRICT, minimumLength };
      return passwordProblem(policy, generatePassword(policy)) === undefined;
    }),
  );
});
