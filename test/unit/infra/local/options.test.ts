import { describe, expect, test } from 'vitest';
import { readStartOptions, UsageError } from '../../../../infra/local/options.ts';

test('starts with nothing given', () => {
  const options = readStartOptions([]);

  expect(options).toEqual({ port: 4566, folder: '.local', context: { emailSender: 'otp@example.com' } });
});

test('reads port, folder and settings', () => {
  const options = readStartOptions([
    '--port',
    '8080',
    '--folder=elsewhere',
    '-c',
    'codeLength=8',
    '--context',
    'emailSender=Example <codes@example.com>',
  ]);

  expect(options).toEqual({
    port: 8080,
    folder: 'elsewhere',
    context: { codeLength: '8', emailSender: 'Example <codes@example.com>' },
  });
});

test('takes everything after the first equals sign for the value', () => {
  const { context } = readStartOptions(['-c', 'note=a=b', '-c', 'empty=']);

  expect(context).toMatchObject({ note: 'a=b', empty: '' });
});

describe('refuses, saying how to do it,', () => {
  test.each([
    ['a port that is no number', ['--port', 'http'], '--port must be a whole number from 1 to 65535'],
    ['port 0', ['--port', '0'], '--port must be'],
    ['a port that is too high', ['--port', '65536'], '--port must be'],
    ['a negative port', ['--port=-1'], '--port must be'],
    ['a port without a value', ['--port'], '--port'],
    ['a setting without a value', ['-c', 'codeLength'], '-c takes <name>=<value>, not "codeLength"'],
    ['a setting without a name', ['-c', '=8'], '-c takes <name>=<value>'],
    ['an unknown option', ['--verbose'], '--verbose'],
    ['a stray argument', ['8080'], '8080'],
  ])('%s', (_, args, expected) => {
    const read = () => readStartOptions(args);

    expect(read).toThrow(UsageError);
    expect(read).toThrow(expected);
    expect(read).toThrow('npm start -- [options]');
  });
});
