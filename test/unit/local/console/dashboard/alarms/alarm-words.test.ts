import { expect, test } from 'vitest';
import { describeAlarm } from '../../../../../../local/console/dashboard/alarms/alarm-words.ts';

test.each([
  [
    '[page] Codes fail. Users wait. Runbook: docs/runbooks/delivery-failing.md',
    { severity: 'page', sentence: 'Codes fail. Users wait.', runbook: 'docs/runbooks/delivery-failing.md' },
  ],
  ['Codes fail.', { sentence: 'Codes fail.' }],
  ['[ticket] Codes fail.', { severity: 'ticket', sentence: 'Codes fail.' }],
  ['', { sentence: '' }],
])('the description "%s" is told apart', (description, parts) => {
  expect(describeAlarm({ description })).toEqual(parts);
});
