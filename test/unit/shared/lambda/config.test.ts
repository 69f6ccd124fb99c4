import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../../shared/domain/limits.ts';
import {
  ConfigurationError,
  flagVariable,
  limitsOf,
  optionalTextVariable,
  optionalVariable,
  readConfig,
  textVariable,
  variableName,
} from '../../../../shared/lambda/config.ts';

const SCHEMA = { tableName: textVariable, ...limitsOf('deliver-code'), strict: flagVariable };
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

  expect(config).toEqual({ tableName: 'challenges', codeLength: 8, strict: true });
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

describe('a text that may be missing', () => {
  const OPTIONAL = { tableName: textVariable, functionArn: optionalTextVariable };

  test.each([[undefined], ['']])('is undefined where the variable is %j', (value) => {
    const config = readConfig(OPTIONAL, { TABLE_NAME: 'challenges', FUNCTION_ARN: value });

    expect(config).toEqual({ tableName: 'challenges', functionArn: undefined });
  });

  test('is read where it is there', () => {
    const config = readConfig(OPTIONAL, { TABLE_NAME: 'challenges', FUNCTION_ARN: 'arn:own' });

    expect(config.functionArn).toBe('arn:own');
  });
});

describe('any variable that may be missing', () => {
  const OPTIONAL = { tableName: textVariable, strict: optionalVariable(flagVariable) };

  test.each([[undefined], ['']])('is undefined where it is %j', (value) => {
    const config = readConfig(OPTIONAL, { TABLE_NAME: 'challenges', STRICT: value });

    expect(config).toEqual({ tableName: 'challenges', strict: undefined });
  });

  test('is read in its type where it is there, and has to be right then', () => {
    const read = (STRICT: string) => readConfig(OPTIONAL, { TABLE_NAME: 'challenges', STRICT }).strict;

    expect([read('true'), read('false')]).toEqual([true, false]);
    expect(() => read('yes')).toThrow('Wrong environment: STRICT must be "true" or "false"');
  });

  test('may be more than a text or a number', () => {
    const config = readConfig({ names: (value: string) => new Set(value.split(',')) }, { NAMES: 'a,b' });

    expect(config.names).toEqual(new Set(['a', 'b']));
  });
});

describe('a whole number', () => {
  test.each([['6'], ['10'], ['007']])('is %s', (value) => {
    const config = readConfig(SCHEMA, { ...GOOD, CODE_LENGTH: value });

    expect(config.codeLength).toBe(Number(value));
  });

  test('may be a product, whose range counts', () => {
    expect(readConfig(SCHEMA, { ...GOOD, CODE_LENGTH: '2*4' }).codeLength).toBe(8);
    expect(problemOf({ ...GOOD, CODE_LENGTH: '2*6' })).toContain(
      'CODE_LENGTH must be a whole number from 6 to 10',
    );
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

  expect(config.strict).toBe(false);
});

test('repeats no value in the error', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{16}$/), (secret) => {
      const message = problemOf({ CODE_LENGTH: secret, STRICT: secret, TABLE_NAME: '' });

      expect(message).not.toContain(secret);
    }),
  );
});

test.each([
  ['tableName', 'TABLE_NAME'],
  ['requireVerifiedEmail', 'REQUIRE_VERIFIED_EMAIL'],
  ['maxAttempts', 'MAX_ATTEMPTS'],
  ['codeLifetime', 'CODE_LIFETIME_SECONDS'],
  ['lockDuration', 'LOCK_DURATION_SECONDS'],
  ['auditRetention', 'AUDIT_RETENTION_SECONDS'],
])('the variable of %s is %s', (name, variable) => {
  expect(variableName(name)).toBe(variable);
});

describe('a limit', () => {
  test('is read by the services that its row names', () => {
    expect(Object.keys(limitsOf('verify-auth-challenge'))).toEqual([
      'codeLength',
      'maxAttempts',
      'lockThreshold',
      'lockDuration',
      'maxFailures',
    ]);
    expect(limitsOf('guard-tokens')).toEqual({});
  });

  test('that is a time has its range in seconds', () => {
    const { auditRetention: read } = limitsOf('create-auth-challenge');
    const { min, max } = LIMITS.auditRetention;

    for (const days of [min, max]) expect(read(String(days * 86_400))).toBe(days * 86_400);
    expect(read(String(max * 86_400 + 1))).toEqual({
      problem: 'must be a whole number from 86400 to 315360000',
    });
  });
});
