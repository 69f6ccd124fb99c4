import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimsOf } from '../../../../shared/domain/claims.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36';

describe('what a client says about itself', () => {
  test('is kept under names that say that it is claimed', () => {
    expect(claimsOf({ ipAddress: '192.0.2.7', userAgent: BROWSER })).toEqual({
      claimedIp: '192.0.2.7',
      claimedUserAgent: BROWSER,
    });
    expect(claimsOf({ ipAddress: '2001:db8::7' })).toEqual({ claimedIp: '2001:db8::7' });
  });

  test.each([
    ['no address', { ipAddress: 'localhost' }],
    ['an address with a port', { ipAddress: '192.0.2.7:443' }],
    ['an address with a zone', { ipAddress: `fe80::1%${'a'.repeat(100_000)}` }],
    ['only blanks', { userAgent: ' \n\t ' }],
    ['nothing', {}],
  ])('is left out where it is %s', (_, said) => {
    expect(claimsOf(said)).toEqual({});
  });

  test('takes no longer if it is made to take long', () => {
    const started = performance.now();

    const { claimedUserAgent } = claimsOf({ userAgent: `Tool ${'a'.repeat(131_000)}@${'"'.repeat(1_000)}` });

    expect(performance.now() - started).toBeLessThan(100);
    expect(claimedUserAgent).toBeUndefined();
  });

  test('is without a code however it is spaced', () => {
    expect(claimsOf({ userAgent: 'code 48 29 13, 482-913, 482  913' }).claimedUserAgent).toBe(
      'code ***, ***, ***',
    );
  });

  test('is cut to a line of printable characters', () => {
    const { claimedUserAgent } = claimsOf({ userAgent: `one\r\ntwo\u0000\u202e${'x '.repeat(500)}` });

    expect(claimedUserAgent).toMatch(/^one two(?: x)+$/);
    expect(claimedUserAgent?.length).toBeGreaterThan(190);
    expect(claimedUserAgent?.length).toBeLessThanOrEqual(200);
  });

  test.each([
    ['an address', 394, 'alice.b@example.com'],
    ['an address in quotes', 394, '"alice b"@example.com'],
    ['a code', 396, '482913'],
    ['a code with a space', 396, '482 913'],
  ])('has no half of %s that begins at character %i', (_, at, secret) => {
    const userAgent = `Tool ${'v'.repeat(at - 'Tool @example.com '.length)}@example.com ${secret} rest`;

    expect(claimsOf({ userAgent }).claimedUserAgent).toBe('Tool *** *** rest');
  });

  test('carries neither a code nor an address into the trail', () => {
    const anything = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(
        anything,
        fc.integer({ min: 100_000, max: 9_999_999_999 }),
        anything,
        (before, code, after) => {
          const userAgent = `${before}${code}${after} alice@example.com`;
          const { claimedUserAgent = '' } = claimsOf({ userAgent });
          expect(claimedUserAgent).not.toContain(String(code));
          expect(claimedUserAgent).not.toContain('alice');
          expect(claimedUserAgent).not.toMatch(/@/);
        },
      ),
    );
  });
});
