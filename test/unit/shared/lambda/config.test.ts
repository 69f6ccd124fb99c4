import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigurationError, flag, integer, readConfig, text } from '../../../../shared/lambda/config.ts';

const SCHEMA = { TABLE_NAME: text, CODE_LENGTH: integer({ min: 6, max: 10, default: 6 }), STRICT: flag };
const GOOD = { TABLE_NAME: 'challenges', CODE_LENGTH: '8', STRICT: 'true' };

const problemOf = (env: Readonly<Record<string, string | undefined>>): string => {
  try {
    readConfig(SCHEMA, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return expect.unreachable('the environment was taken');
};

test('reads the schema’s variables in their types, and no others', () => {
  const config = readConfig(SCHEMA, { ...GOOD, PATH: '/bin' });

  expect(config).toEqual({ TABLE_NAME: 'challenges', CODE_LENGTH: 8, STRICT: true });
});

test('names every problem at once', () => {
  const message = problemOf({ CODE_LENGTH: '11', STRICT: 'yes' });

  expect(message).toBe(
    'Wrong environment: TABLE_NAME is not set; CODE_LENGTH must be a whole number from 6 to 10; ' +
      'STRICT must be "true" or "false"',
  );
});

test.each([[undefined], ['']])('takes %j for not set, whatever the type', (value) => {
  const message = problemOf({ TABLE_NAME: value, CODE_LENGTH: value, STRICT: value });

  expect(message.match(/is not set/g)).toHaveLength(3);
});

describe('a whole number', () => {
  test.each([['6'], ['10'], ['007']])('is %s', (value) => {
    const config = readConfig(SCHEMA, { ...GOOD, CODE_LENGTH: value });

    expect(config.CODE_LENGTH).toBe(Number(value));
  });

  test.each([
    ['5'],
    ['11'],
    ['-6'],
    ['6.0'],
    ['6e0'],
    ['0x6'],
    [' 6'],
    ['six'],
    ['9999999999'],
    ['NaN'],
    ['٦'],
  ])('is not %s', (value) => {
    const message = problemOf({ ...GOOD, CODE_LENGTH: value });

    expect(message).toContain('CODE_LENGTH must be a whole number from 6 to 10');
  });
});

test.each([['True'], ['1'], ['yes'], ['false ']])('takes %j for neither true nor false', (value) => {
  const message = problemOf({ ...GOOD, STRICT: value });

  expect(message).toContain('STRICT must be "true" or "false"');
});

test('reads false as false', () => {
  const config = readConfig(SCHEMA, { ...GOOD, STRICT: 'false' });

  expect(config.STRICT).toBe(false);
});

test('repeats no value in the error', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{16}$/), (secret) => {
      const message = problemOf({ CODE_LENGTH: secret, STRICT: secret, TABLE_NAME: '' });

      expect(message).not.toContain(secret);
    }),
  );
});
