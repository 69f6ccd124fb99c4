/** Keyrings that a JSON parser and `Date` would take, and that must not be taken. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyringError, parseKeyring } from '../../../../shared/domain/keyring.ts';

const [ONE, OTHER] = ['one-'.padEnd(64, 'o'), 'other-'.padEnd(64, 'x')];
const entry = (time: string, key: string) => `${JSON.stringify(time)}: ${JSON.stringify(key)}`;
const keyringOf = (...entries: readonly string[]) => `{${entries.join(', ')}}`;

describe('a keyring with two keys for one moment', () => {
  test.each([
    ['with and without fractions', '2025-01-15T12:00:00Z', '2025-01-15T12:00:00.000Z'],
    ['with different fractions', '2025-01-15T12:00:00.0Z', '2025-01-15T12:00:00.00Z'],
    ['within one millisecond', '2025-01-15T12:00:00.0001Z', '2025-01-15T12:00:00.0009Z'],
  ])('is refused, naming the moment: %s', (_, one, other) => {
    const secret = keyringOf(entry(one, ONE), entry('1970-01-01T00:00:00Z', ONE), entry(other, OTHER));

    expect(() => parseKeyring(secret)).toThrow(
      new KeyringError('The code key secret has two keys for one moment, 2025-01-15T12:00:00.000Z'),
    );
  });

  test.each([
    ['', entry('2025-01-15T12:00:00.000Z', OTHER)],
    [' with an escape', entry('2025-01-15T12:00:00.000Z', OTHER).replace('Z', '\\u005a')],
    [', the first of them a list', entry('2025-01-15T12:00:00.000Z', OTHER)],
  ])('is refused if both have the same name, of which a parser keeps the last%s', (form, second) => {
    const first = entry('2025-01-15T12:00:00.000Z', ONE);
    const secret = keyringOf(form.includes('list') ? first.replace(/: (.*)$/, ': [$1]') : first, second);

    expect(() => parseKeyring(secret)).toThrow(
      new KeyringError('The code key secret has two keys under one name'),
    );
  });
});

describe('a keyring with a time that does not exist', () => {
  test.each([
    '2025-02-30T12:00:00.000Z',
    '2025-02-29T12:00:00Z',
    '2025-04-31T12:00:00Z',
    '2025-13-15T12:00:00.000Z',
    '2025-01-15T24:00:00Z',
    '2025-01-15T12:00:60Z',
  ])('is refused, naming it: %s', (time) => {
    expect(() => parseKeyring(keyringOf(entry(time, ONE)))).toThrow(
      new KeyringError(`The code key secret has a key for ${time}, a time that does not exist`),
    );
  });
});

describe('a keyring without a key', () => {
  test.each(['{}', '[]', '""', '0'])('is refused: %s', (secret) => {
    expect(() => parseKeyring(secret)).toThrow(new KeyringError('The code key secret holds no key'));
  });
});

const time = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .chain((date) => fc.constantFrom(date.toISOString(), `${date.toISOString().slice(0, 19)}Z`));
const key = fc.string({ unit: 'binary', minLength: 32, maxLength: 40 });

test('a keyring is read exactly if each of its keys holds from a moment of its own', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(time, key), { maxLength: 4 }), fc.nat(), (entries, again) => {
      // One in two keyrings says a moment twice, in either spelling.
      const [repeated] = entries[again % (2 * entries.length || 1)] ?? [];
      const all =
        repeated === undefined ? entries : [...entries, [repeated.replace('.000Z', 'Z'), OTHER] as const];
      const moments = new Set(all.map(([text]) => Date.parse(text)));
      const read = () => parseKeyring(keyringOf(...all.map(([text, secret]) => entry(text, secret))));

      if (all.length === 0 || moments.size < all.length) expect(read).toThrow(KeyringError);
      else expect(new Set(read().map(({ notBefore }) => notBefore))).toEqual(moments);
    }),
  );
});
