import { expect, test } from 'vitest';
import type { Difference } from '../../../../shared/pool/compare.ts';
import { differenceText, leftText } from '../../../../shared/pool/texts.ts';

const at = { clientId: 'web' };

test.each<[Difference, string]>([
  [
    { at: 'pool', property: 'MfaConfiguration', expected: 'OFF', found: 'ON' },
    'MfaConfiguration of the pool is "ON", not "OFF".',
  ],
  [{ at, property: 'CallbackURLs', expected: ['a'] }, 'CallbackURLs of the client web is absent, not ["a"].'],
  [{ at, property: 'client', expected: 'there' }, 'The client web is gone.'],
  [{ at, property: 'client', found: 'there' }, 'The client web is new.'],
  [
    { at, property: 'LastModifiedDate', expected: 1, found: 2 },
    'LastModifiedDate of the client web was changed.',
  ],
])('%j: %s', (difference, text) => {
  expect(differenceText(difference)).toBe(text);
});

test('says of what has no values that it was changed', () => {
  const property = 'SmsConfiguration.ExternalId';

  expect(differenceText({ at: 'pool', property })).toBe(`${property} of the pool was changed.`);
});

test('says no more than the beginning of a long text', () => {
  const text = differenceText({ at: 'pool', property: 'A', expected: 'x'.repeat(500), found: 1 });

  expect(text.length).toBeLessThan(130);
});

test('says what was left', () => {
  expect(leftText({ at, property: 'ExplicitAuthFlows' })).toBe(
    'ExplicitAuthFlows of the client web was changed by somebody else, and stays as it is.',
  );
});
