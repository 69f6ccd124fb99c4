import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyringError, keyFor, parseKeyring } from '../../../../shared/domain/keyring.ts';
import { aChallengeId, MINUTE, NOW } from '../../../support/table/challenges.ts';

const OLD = 'old-'.padEnd(32, 'o');
const CURRENT = 'current-'.padEnd(64, 'c');
const COMING = 'coming-'.padEnd(64, 'n');
const EPOCH = '1970-01-01T00:00:00.000Z';

const secretOf = (keys: Readonly<Record<string, unknown>>) => JSON.stringify(keys);
const textOf = (key: { export(): Buffer }) => key.export().toString('utf8');

const errorOf = (run: () => unknown): Error => {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  return expect.unreachable('nothing was thrown');
};

describe('a challenge’s key', () => {
  const aKeyring = () =>
    parseKeyring(
      secretOf({
        [new Date(NOW + 10 * MINUTE).toISOString()]: COMING,
        [EPOCH]: OLD,
        [new Date(NOW).toISOString()]: CURRENT,
      }),
    );

  test.each([
    ['long before', NOW - 1, OLD],
    ['at the moment of its start', NOW, CURRENT],
    ['while the next one is announced', NOW + 10 * MINUTE - 1, CURRENT],
    ['once the next one has started', NOW + 10 * MINUTE, COMING],
  ])('is the newest that was in force when it was created: %s', (_, at, expected) => {
    const key = keyFor(aKeyring(), aChallengeId(0, at));

    expect(textOf(key)).toBe(expected);
  });

  test('is missing where no key was in force', () => {
    const late = parseKeyring(secretOf({ [new Date(NOW).toISOString()]: CURRENT }));

    const error = errorOf(() => keyFor(late, aChallengeId(0, NOW - 1)));

    expect(error).toBeInstanceOf(KeyringError);
    expect(error.message).toBe('No key was in force when the challenge was created');
  });

  test('may start at a time that is written without fractions of a second', () => {
    const keyring = parseKeyring(secretOf({ '2025-01-15T12:00:00Z': CURRENT }));

    expect(textOf(keyFor(keyring, aChallengeId()))).toBe(CURRENT);
  });

  test('does not show when it is logged or serialized', () => {
    const keyring = aKeyring();

    const shown = `${inspect(keyring, { depth: 9, showHidden: true })} ${JSON.stringify(keyring)}`;

    for (const key of [OLD, CURRENT, COMING]) expect(shown).not.toContain(key);
  });
});

describe('a secret that cannot be used', () => {
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['the bare key', CURRENT],
    ['cut off', `{"${EPOCH}":"${CURRENT}`],
    ['null', 'null'],
  ])('is said to be no JSON object, without repeating it (%s)', (_, secret) => {
    const error = errorOf(() => parseKeyring(secret));

    expect(error).toBeInstanceOf(KeyringError);
    expect(error).toMatchObject({
      name: 'KeyringError',
      message: 'The code key secret is not a JSON object',
    });
    expect(inspect(error)).not.toContain(CURRENT.slice(0, 12));
  });

  test.each([
    ['a list', JSON.stringify([CURRENT])],
    ['a text', JSON.stringify(CURRENT)],
    ['without a time', secretOf({ current: CURRENT })],
    ['with a time of no zone', secretOf({ '2025-01-15T12:00:00': CURRENT })],
    ['with a time of a year of six digits', secretOf({ '+002025-01-15T12:00:00.000Z': CURRENT })],
    ['with a time that goes on', secretOf({ '2025-01-15T12:00:00.000Z/P1D': CURRENT })],
    ['with a key that is a list', secretOf({ [EPOCH]: [...CURRENT] })],
    ['with a key that is too short', secretOf({ [EPOCH]: CURRENT.slice(0, 31) })],
  ])('is said to have a wrong entry, without repeating it (%s)', (_, secret) => {
    const error = errorOf(() => parseKeyring(secret));

    expect(error).toBeInstanceOf(KeyringError);
    expect(error.message).toBe('The code key secret has an entry that is not "<ISO 8601 UTC time>": "<key>"');
    expect(inspect(error)).not.toContain(CURRENT.slice(0, 12));
  });

  test('is never repeated in the error, whatever it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{12,40}$/), fc.nat({ max: 60 }), (key, cut) => {
        const secret = secretOf({ [`key ${key}`]: key }).slice(0, -1 - (cut % 8));

        const error = errorOf(() => parseKeyring(secret));

        expect(inspect(error)).not.toContain(key);
      }),
    );
  });
});

// Keyrings that a JSON parser and `Date` would take, and that must not be taken.

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
