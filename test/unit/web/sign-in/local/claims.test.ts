import { expect, test } from 'vitest';
import { claimRows } from '../../../../../web/sign-in/local/claims.ts';

test('claims are named, ordered by what they say, and shown as a person reads them', () => {
  const rows = claimRows({
    jti: 'x',
    email_verified: true,
    'custom:team': ['a', 'b'],
    email: 'alice@example.com',
    sub: 's',
  });

  expect(rows.map(({ meaning, value }) => [meaning, value])).toEqual([
    ['User id', 's'],
    ['Email address', 'alice@example.com'],
    ['Address is verified', 'yes'],
    ['Token id', 'x'],
    ['custom:team', 'a, b'],
  ]);
});

test('times are dates, not numbers', () => {
  const [row] = claimRows({ exp: Date.parse('2026-03-02T10:00:00Z') / 1000 });

  expect(row).toMatchObject({
    name: 'exp',
    meaning: 'Works until',
    value: expect.stringMatching(/Mar 2026, \d{2}:00:00$/),
  });
});

test('what has no form of its own is shown as it is', () => {
  const rows = claimRows({ email_verified: false, 'custom:place': { city: 'Bonn' }, 'custom:age': 7 });

  expect(rows.map(({ value }) => value)).toEqual(['no', '{"city":"Bonn"}', '7']);
});
