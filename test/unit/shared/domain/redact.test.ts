import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactedLine, wholeWords, withoutAddresses } from '../../../../shared/domain/redact.ts';

describe('text without addresses', () => {
  test.each([
    ['250 OK queued for <alice@example.com>', '250 OK queued for <***>'],
    ['250 2.1.5 alice+codes@mail.example.com Ok', '250 2.1.5 *** Ok'],
    ['250 prvs=1=alice@example.com; done', '250 ***; done'],
    ['550 <"alice b"@example.com> unknown', '550 <*** unknown'],
    ['250 alice@[192.0.2.1]', '250 ***]'],
    ["250 o'brien@example.com.", '250 ***.'],
    ['250 müller@exämple.com', '250 ***'],
    ['250 alice%40example.com', '250 ***'],
    ['250 alice＠example.com', '250 ***'],
    ['250 alice﹫example.com', '250 ***'],
    ['250 alice=40example.com', '250 ***'],
    ['250 alice&#64;example.com', '250 ***'],
    ['250 alice&#X0040;example.com', '250 ***'],
    ['250 alice&commat;example.com', '250 ***'],
    ['550 alice &#64; example.com unknown', '550 *** unknown'],
    ['550 "alice b"=40example.com unknown', '550 *** unknown'],
    ['550 "alice \\" b"@example.com unknown', '550 *** unknown'],
    ['550 "alice b"%40example.com unknown', '550 *** unknown'],
    ['550 alice @example.com unknown', '550 *** unknown'],
    ['550 alice @ example.com unknown', '550 *** unknown'],
    ['550 alice\r\n @example.com unknown', '550 *** unknown'],
  ])('%s', (text, expected) => {
    expect(withoutAddresses(text)).toBe(expected);
  });

  test.each(['250 2.0.0 OK  1700000000 abc-123', '', 'a***@e***.com', 'mailed to ***@e***.com, twice'])(
    'leaves what is none, and masks, as they are: %s',
    (text) => {
      expect(withoutAddresses(text)).toBe(text);
    },
  );

  test('holds no address, whatever stands around it', () => {
    const around = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(around, around, (before, after) => {
        expect(withoutAddresses(`${before}alice@example.com${after}`)).not.toContain('alice@');
      }),
    );
  });

  test('takes no longer if the text is made to take long', () => {
    const started = performance.now();

    withoutAddresses(`"${'a"@'.repeat(50_000)}${'x'.repeat(200_000)}${'<'.repeat(200_000)}`);
    withoutAddresses(`"\\`.repeat(100_000));
    withoutAddresses(`a${' '.repeat(200_000)}`.repeat(2));
    withoutAddresses('a @'.repeat(100_000));
    withoutAddresses(`@${'<'.repeat(200_000)}x${'<'.repeat(200_000)}x`);

    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a line without addresses', () => {
  test.each([
    ['is one line of printable characters', 'a\r\n\tb\u0000\u202ec', 'a b c'],
    ['has no rest of an address with letters outside ASCII', '250 jörg.müller@exämple.com ok', '250 *** ok'],
    ['has no rest of an address with a full-width at sign', '250 alice＠example.com ok', '250 *** ok'],
    ['has no blanks around it', '  250 ok \n', '250 ok'],
  ])('%s', (_, text, expected) => {
    expect(redactedLine(text)).toBe(expected);
  });

  test('has nothing of a text that is too long for a reply or a user agent', () => {
    expect(redactedLine('x '.repeat(4_096))).toHaveLength(8_191);
    expect(redactedLine(`${'x '.repeat(4_096)}x`)).toBe('');
  });

  test('and cut to whole words, it has no part of an address, wherever that is', () => {
    const address = fc.constantFrom('alice@example.com', '"alice b"@example.com', 'alice @example.com');
    const filler = fc.constantFrom('x', 'x ', '@', 'x@y ', '" "', '\u200b');
    fc.assert(
      fc.property(filler, fc.nat({ max: 500 }), address, fc.nat({ max: 300 }), (fill, times, text, max) => {
        const line = redactedLine(`${fill.repeat(times)} ${text} rest`);

        expect(wholeWords(line, max)).not.toMatch(/al|ex/);
        expect(wholeWords(line, max).length).toBeLessThanOrEqual(max);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the whole words of a text', () => {
  test.each([
    ['one two', 7, 'one two'],
    ['one two', 6, 'one'],
    ['one two', 4, 'one'],
    ['one two', 3, 'one'],
    ['one two', 2, ''],
    ['one   two', 5, 'one'],
    ['one\ntwo', 5, 'one'],
    ['', 5, ''],
  ])('%j, up to %i characters, are %j', (text, max, expected) => {
    expect(wholeWords(text, max)).toBe(expected);
  });

  test('take no longer if the text is long', () => {
    const started = performance.now();

    wholeWords('x'.repeat(1_000_000), 1_000);
    wholeWords('x '.repeat(1_000_000), 1_000);

    expect(performance.now() - started).toBeLessThan(100);
  });
});
