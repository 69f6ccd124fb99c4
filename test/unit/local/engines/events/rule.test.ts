import { expect, test } from 'vitest';
import { parseRate } from '../../../../../local/engines/events/rule.ts';
import { MINUTE } from '../../../../support/table/challenges.ts';

test.each([
  ['rate(1 minute)', MINUTE],
  ['rate(5 minutes)', 5 * MINUTE],
  ['rate(1 hour)', 60 * MINUTE],
  ['rate(12 hours)', 12 * 60 * MINUTE],
  ['rate(1 day)', 24 * 60 * MINUTE],
  ['rate(7 days)', 7 * 24 * 60 * MINUTE],
])('%s is understood', (expression, ms) => {
  expect(parseRate(expression)).toBe(ms);
});

test.each([
  'cron(0 10 * * ? *)',
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 minutes)',
  'rate(-1 minutes)',
  'rate(1.5 hours)',
  'rate(30 seconds)',
  'at(2026-01-01T00:00:00)',
  '',
])('the schedule "%s" is refused by its name', (expression) => {
  expect(() => parseRate(expression)).toThrow(`the schedule ${expression} does not work here`);
});
