import { describe, expect, it } from 'vitest';
import { generateKey, writeKeyring } from '../../../../commands/rotate-key/keyring.ts';
import { parseKeyring } from '../../../../shared/domain/keyring.ts';
import { MINUTE, NOW } from '../../../support/table/challenges.ts';

const OLD = 'old-'.padEnd(64, 'o');
const CURRENT = 'current-'.padEnd(64, 'c');
const NEW = 'new-'.padEnd(64, 'n');
const EPOCH = '1970-01-01T00:00:00.000Z';

describe('a key', () => {
  it('is 64 letters and digits, another one each time, and every one of the 62 turns up', () => {
    const keys = Array.from({ length: 100 }, generateKey);

    for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(new Set(keys).size).toBe(100);
    expect(new Set(keys.join('')).size).toBe(62);
  });
});

describe('the secret', () => {
  const current = new Date(NOW).toISOString();
  // A time without milliseconds, as a person may have written it by hand.
  const text = JSON.stringify({ [EPOCH]: OLD, '2025-01-15T12:00:00Z': CURRENT });

  it('gets the new key beside those that are kept', () => {
    const notBefore = NOW + 10 * MINUTE;

    const written = writeKeyring(text, { kind: 'add', notBefore, keep: [NOW] }, NEW);

    expect(JSON.parse(written)).toEqual({
      '2025-01-15T12:00:00Z': CURRENT,
      '2025-01-15T12:10:00.000Z': NEW,
    });
    expect(parseKeyring(written).map((key) => key.notBefore)).toEqual([notBefore, NOW]);
    expect(current).toBe('2025-01-15T12:00:00.000Z');
  });

  it.each([
    ['a keyring', text],
    ['what is no keyring', '{"broken'],
  ])('has the new key alone after an emergency, for every challenge, whatever was there: %s', (_, before) => {
    const written = writeKeyring(before, { kind: 'replace', notBefore: 0 }, NEW);

    expect(JSON.parse(written)).toEqual({ [EPOCH]: NEW });
  });
});
