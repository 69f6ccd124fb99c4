import { describe, expect, test } from 'vitest';
import { readPageOptions } from '../../../../web/build/options.ts';

describe('the options of build-page', () => {
  test('name a pool, whose id says the region', () => {
    const options = readPageOptions([
      '--pool-id',
      'us-gov-west-1_AbC',
      '--client-id',
      '1h57kf',
      '--out',
      'www',
    ]);

    expect(options).toEqual({
      region: 'us-gov-west-1',
      poolId: 'us-gov-west-1_AbC',
      clientId: '1h57kf',
      out: 'www',
      returnTo: [],
    });
  });

  test('name the folder of the company, and each place to go after the sign-in', () => {
    const pool = ['--pool-id', 'eu-west-1_AbC', '--client-id', 'a'];

    const options = readPageOptions([
      ...pool,
      ...['--mail', 'mail', '--return-to', '/app/', '--return-to', 'https://app.example.com/'],
    ]);

    expect(options).toMatchObject({ mail: 'mail', returnTo: ['/app/', 'https://app.example.com/'] });
  });

  test.each<[readonly string[], string]>([
    [[], '--pool-id and --client-id go together'],
    [['--pool-id', 'eu-west-1_AbC'], '--pool-id and --client-id go together'],
    [['--pool-id', 'EU_AbC', '--client-id', 'a'], '--pool-id looks like eu-west-1_AbCdEfGhI, not "EU_AbC"'],
    [['--pool-id', 'eu-west-1_AbC', '--client-id', 'a/b'], '--client-id looks like'],
    [['--pool-id', 'eu-west-1_AbC', '--client-id', 'a', '--out', ''], '--out is empty'],
    [
      ['--pool-id', 'eu-west-1_AbC', '--client-id', 'a', '--return-to', '//evil.example'],
      '--return-to looks like https://app.example.com/ or /app/, not "//evil.example"',
    ],
  ])('%j are refused, saying how to correct them', (args, words) => {
    expect(() => readPageOptions(args)).toThrow(
      expect.objectContaining({ exit: 2, message: expect.stringContaining(words) }),
    );
  });
});
