import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { brandProblems, brandWarnings } from '../../../../../shared/mail/check/check-brand.ts';
import { contrast } from '../../../../../shared/mail/check/contrast.ts';

const CARDS = ['#ffffff', '#23262d'] as const;

describe('a brand', () => {
  test.each([
    { name: 'Café & Söhne' },
    { name: 'שלום', accentColor: '#1172BF', footer: 'Café GmbH · Am Markt 1 · Berlin' },
    {
      name: 'A',
      logoUrl: 'https://cdn.example.com/logo.PNG?v=3',
      logoWidth: 120,
      supportUrl: 'https://example.com/help',
    },
    { name: 'A', replyTo: 'help@example.com', footer: undefined },
    { name: 'Studio 54', footer: 'HRB 123456' },
    { name: 'A', supportUrl: 'https://example.com/help?design=1&author=me&keyword=mail&countryCode=DE' },
    { name: 'می\u200cخواهم' },
  ])('%o is taken', (brand) => {
    expect(brandProblems(brand)).toEqual([]);
  });

  test.each<readonly [unknown, string]>([
    ['Café', 'brand must be an object with name, logoUrl, '],
    [null, 'brand must be an object with '],
    [{}, 'brand.name is missing: give the name'],
    [{ name: 5 }, 'brand.name must be a text'],
    [{ name: ' ' }, 'brand.name is empty'],
    [{ name: 'x'.repeat(41) }, 'brand.name has 41 characters: at most 40'],
    [{ name: 'A\r\nBcc: b@example.com' }, 'brand.name has U+000D'],
    [{ name: '<script>' }, 'brand.name has < or >'],
    [{ name: 'The "Shop"' }, 'brand.name has one of " \\ { } =?'],
    [{ name: '{brand}' }, 'brand.name has one of " \\ { } =?'],
    [{ name: '=?UTF-8?B?QQ==?=' }, 'brand.name has one of " \\ { } =?'],
    [{ name: 'A', colour: '#000000' }, 'brand.colour is not known; there are name, logoUrl, '],
    [{ name: 'A', logoWidth: 120 }, 'brand.logoWidth needs brand.logoUrl'],
    [{ name: 'A', logoWidth: '120' }, 'brand.logoWidth must be a number'],
    [
      { name: 'A', logoUrl: 'https://example.com/a.png', logoWidth: 401 },
      'brand.logoWidth must be a whole number of pixels from 16 to 400',
    ],
    [{ name: 'A', logoUrl: 'http://example.com/a.png' }, 'brand.logoUrl must be an https address'],
    [{ name: 'A', logoUrl: 'https://example.com/a.svg' }, 'brand.logoUrl must end in .png or .jpg'],
    [
      { name: 'A', logoUrl: 'https://b.s3.amazonaws.com/a.png?X-Amz-Signature=ab' },
      'brand.logoUrl has "X-Amz-Signature", which looks like a token',
    ],
    ...[
      'token',
      'access_token',
      'idToken',
      'apikey',
      'X-Amz-Expires',
      'sig',
      'AUTH',
      'code',
      'session-id',
    ].map((name): readonly [unknown, string] => [
      { name: 'A', supportUrl: `https://example.com/?a=1&${name}=1` },
      `brand.supportUrl has "${name}", which looks like a token`,
    ]),
    ...['a"b.example', 'a;b.example', "a'b.example", 'a,b.example', '*.example.com'].map(
      (host): readonly [unknown, string] => [
        { name: 'A', logoUrl: `https://${host}/x.png` },
        'brand.logoUrl must be an https address',
      ],
    ),
    ...['Shop 123456', 'Café 1899', '١٢٣٤', '123 456', '123-456'].map((name): readonly [unknown, string] => [
      { name },
      'brand.name has digits that phones would take for the code',
    ]),
    ...['\u200e', '\u200c\u200d', '\u00a0', '\u3164', '\u2800'].map((name): readonly [unknown, string] => [
      { name },
      'brand.name is empty',
    ]),
    ...[' X ', 'X\u00a0', ' X'].map((name): readonly [unknown, string] => [
      { name },
      'brand.name begins or ends with a blank',
    ]),
    [{ name: 'A', footer: 'x ' }, 'brand.footer begins or ends with a blank'],
    [{ name: 'A', supportUrl: 'help' }, 'brand.supportUrl must be an https address'],
    [{ name: 'A', supportUrl: 'javascript:alert(1)' }, 'brand.supportUrl must be an https address'],
    [{ name: 'A', supportUrl: 'https://localhost/' }, 'brand.supportUrl must be an https address'],
    [{ name: 'A', supportUrl: 'https://me:pw@example.com/' }, 'brand.supportUrl has a user or a password'],
    [
      { name: 'A', supportUrl: 'https://example.com/?t=Zm9vYmFyYmF6Zm9vYmFyYmF6' },
      'brand.supportUrl has "t", which looks like a token',
    ],
    [
      { name: 'A', supportUrl: 'https://example.com/hilfe/häufig' },
      'brand.supportUrl has letters that mail programs may not follow: write https://example.com/hilfe/h%C3%A4ufig',
    ],
    [
      { name: 'A', supportUrl: `https://example.com/${'x'.repeat(500)}` },
      'brand.supportUrl has 520 characters: at most 500',
    ],
    [{ name: 'A', accentColor: 'blue' }, 'brand.accentColor must be a color such as'],
    [{ name: 'A', accentColor: '#ffee00' }, 'brand.accentColor #ffee00 has less than 3 : 1 of contrast'],
    [{ name: 'A', replyTo: 'Help <help@example.com>' }, 'brand.replyTo must be one plain address'],
    [{ name: 'A', replyTo: 'a@example.com, b@example.com' }, 'brand.replyTo must be one plain address'],
    [{ name: 'A', replyTo: 'hilfe@bücher.example' }, 'brand.replyTo must be one plain address'],
    [{ name: 'A', footer: 'x'.repeat(301) }, 'brand.footer has 301 characters: at most 300'],
    [{ name: 'A', footer: 'one\ntwo' }, 'brand.footer has U+000A'],
  ])('%o is refused with its key and what to do', (brand, expected) => {
    expect(brandProblems(brand).filter((problem) => problem.startsWith(expected))).toHaveLength(1);
  });

  it('that is wrong in several ways is told all of them', () => {
    const brand = { name: '', accentColor: '#fff', replyTo: 'nobody', logoUrl: 'ftp://example.com' };

    expect(brandProblems(brand)).toHaveLength(4);
  });

  it('may have an address that nobody reads, of which it is warned', () => {
    expect(brandWarnings({ replyTo: 'no-reply@example.com' })).toHaveLength(1);
    expect(brandWarnings({ replyTo: 'do_not_reply+otp@example.com' })).toHaveLength(1);
    expect(brandWarnings({ replyTo: 'noreplyplease@example.com' })).toEqual([]);
    expect(brandWarnings({})).toEqual([]);
  });
});

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('a color that is refused comes with one that is taken, and any color carries black or white text', () => {
  fc.assert(
    fc.property(color, (accentColor) => {
      const [problem] = brandProblems({ name: 'A', accentColor });
      const taken = problem === undefined ? accentColor : problem.slice(-7);
      for (const card of CARDS) expect(contrast(taken, card)).toBeGreaterThanOrEqual(3);
      expect(brandProblems({ name: 'A', accentColor: taken })).toEqual([]);
      expect(Math.max(contrast(taken, '#000000'), contrast(taken, '#ffffff'))).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test.each([
  ['#000000', '#ffffff', 21],
  ['#777777', '#ffffff', 4.48],
  ['#ffffff', '#ffffff', 1],
])('the contrast of %s to %s is %d : 1, as WCAG defines it', (one, other, expected) => {
  expect(contrast(one, other)).toBeCloseTo(expected, 2);
});
