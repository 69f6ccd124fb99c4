import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareText, readAnswer } from '../../../../shared/domain/answer.ts';

const CODE = '004217';

/** The digits in another script, whose zero is the code point `zero`. */
const inScript = (zero: number, digits: string) =>
  Array.from(digits, (digit) => String.fromCodePoint(zero + Number(digit))).join('');

/** The zeros of all scripts. Unicode has the digits of each script in a row of ten, which `\p{Nd}` finds. */
const zeros = (): readonly number[] => {
  const found: number[] = [];
  for (let point = 0; point <= 0x10ffff; point += 1) {
    const isDigit = /\p{Nd}/u.test(String.fromCodePoint(point));
    const [last] = found.slice(-1);
    if (isDigit && (last === undefined || point >= last + 10)) found.push(point);
  }
  return found;
};

describe('reads as the same code', () => {
  test.each([
    ['plain digits', '004217'],
    ['full-width digits', '００４２１７'],
    ['Arabic-Indic digits', '٠٠٤٢١٧'],
    ['extended Arabic-Indic digits', '۰۰۴۲۱۷'],
    ['Devanagari digits', '००४२१७'],
    ['mathematical bold digits', '𝟎𝟎𝟒𝟐𝟏𝟕'],
    ['superscript and circled digits', '⁰⁰④²①⁷'],
    ['digits of different scripts', '0０٤२1𝟕'],
    ['spaces around and between', '  004 217 '],
    ['no-break and thin spaces', '004\u00a02\u202f1\u20097'],
    ['an ideographic space', '004\u3000217'],
    ['line breaks and tabs', '\t004\r\n217\n'],
    ['a hyphen', '004-217'],
    ['a no-break hyphen', '004\u2011217'],
    ['dashes of every length', '0‐0‒4–2—1―7'],
    ['a minus sign', '004\u2212217'],
    ['a full-width hyphen', '004－217'],
    ['marks of writing direction', '\u202a\u200e004217\u200f\u202c'],
    ['isolates of writing direction', '\u2066004217\u2069'],
    ['zero-width spaces and joiners', '0\u200b0\u200d4\u20602\u200c17'],
    ['a byte order mark', '\ufeff004217'],
    ['a soft hyphen', '004\u00ad217'],
    ['spaces up to 1,000 characters', '004217'.padStart(1_000)],
    ['a full stop', '004217.'],
    ['a word before', 'Code: 004217'],
    ['a sentence', '004217 is your code'],
    ['a sentence with other numbers', 'Your code 004-217 works for 5 minutes, until 10:15:07.'],
    ['marks of emphasis', '*004217*'],
    ['quotation marks', '„004217“'],
    ['a sentence in another script', 'コードは００４２１７です。'],
    ['words with no space between', 'signing in:004217It works once'],
    ['a plus sign', '+004217'],
    ['an unfinished emoji', '004217\ud83d'],
    ['a null character', '004217\u0000'],
  ])('%s', (_, answer) => {
    const code = readAnswer(answer, 6);

    expect(code).toBe(CODE);
  });

  test('the digits of every script that Unicode knows', () => {
    const scripts = zeros();

    expect(scripts.length).toBeGreaterThan(60);
    for (const zero of scripts) {
      const read = readAnswer(inScript(zero, '0123456789'), 10);
      expect(read, `U+${zero.toString(16)}`).toBe('0123456789');
    }
  });

  test('any code, in any mix of scripts and separators', () => {
    const separator = fc.constantFrom('', ' ', '-', '–', '\u00a0', '\u200f', '\u2212', '\t');
    const character = fc.tuple(fc.nat({ max: 9 }), fc.constantFrom(...zeros()), separator);
    fc.assert(
      fc.property(fc.array(character, { minLength: 6, maxLength: 10 }), (characters) => {
        const code = characters.map(([digit]) => digit).join('');
        const answer = characters
          .map(([digit, zero, after]) => inScript(zero, String(digit)) + after)
          .join('');

        expect(readAnswer(answer, code.length)).toBe(code);
      }),
    );
  });
});

describe('reads no code from', () => {
  test.each([
    ['nothing', ''],
    ['spaces alone', '   '],
    ['too few digits', '04217'],
    ['too many digits', '0004217'],
    ['a code of another length', '00004217'],
    ['a letter among the digits', '0042l7'],
    ['a letter for a zero', 'O04217'],
    ['a point', '004.217'],
    ['an underscore', '004_217'],
    ['an exponent', '4217e2'],
    ['hexadecimal', '0x4217'],
    ['a vulgar fraction', '00421½'],
    ['a Roman numeral', '00421Ⅶ'],
    ['a Chinese numeral', '〇〇四二一七'],
    ['an emoji', '00421🔢'],
    ['half of a surrogate pair in the code', '004\ud835217'],
    ['two codes', '004217 or 123456'],
    ['the same code twice', '004217, 004217'],
    ['a code and more digits', '004217 5'],
    ['a date', '2026-03-02'],
    ['a number of two digits in one sign', '0042⑰'],
    ['digits in boxes', '0️⃣0️⃣4️⃣2️⃣1️⃣7️⃣'],
    ['1,001 characters, the code among them', '004217'.padStart(1_001)],
    ['10,000 characters', '0'.repeat(10_000)],
    ['10,000 spaces and the code', `${' '.repeat(10_000)}004217`],
  ])('%s', (_, answer) => {
    const code = readAnswer(answer, 6);

    expect(code).toBeUndefined();
  });

  test.each([[undefined], [null], [4217], [true], [['004217']], [{ toString: () => '004217' }]])(
    '%j, which is no text',
    (answer) => {
      const code = readAnswer(answer, 6);

      expect(code).toBeUndefined();
    },
  );
});

test('never throws, and returns nothing but digits of the right length, whatever it is given', () => {
  const text = fc.string({ unit: 'binary', maxLength: 80 });
  fc.assert(
    fc.property(
      fc.oneof(fc.anything({ withBigInt: true, withNullPrototype: true }), text),
      fc.integer({ min: 6, max: 10 }),
      (answer, length) => {
        const code = readAnswer(answer, length);

        expect(code ?? '0'.repeat(length)).toMatch(new RegExp(`^[0-9]{${length}}$`));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('returns no code that the text does not spell: characters between digits are never skipped', () => {
  const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
  fc.assert(
    fc.property(fc.nat({ max: 999_999 }), fc.integer({ min: 1, max: 5 }), character, (n, at, stray) => {
      const code = String(n).padStart(6, '0');
      fc.pre(/[^\s\p{Pd}\p{Cf}\p{N}\u2212]/u.test(stray));

      const read = readAnswer(code.slice(0, at) + stray + code.slice(at), 6);

      expect(read).toBeUndefined();
    }),
  );
});

test('finds the one code in any words, and none where there are two', () => {
  const words = fc.string({ unit: 'binary' }).filter((text) => !/\p{N}/u.test(text));
  const code = fc.stringMatching(/^[0-9]{6}$/);
  fc.assert(
    fc.property(words, code, words, code, words, (before, one, between, other, after) => {
      expect(readAnswer(`${before}${one}${between}`, 6)).toBe(one);
      expect(readAnswer(`${before}${one}.${between}${other}${after}`, 6)).toBeUndefined();
    }),
  );
});

test('takes no longer for what is made to take long', () => {
  const started = performance.now();

  for (const text of ['0', '0 ', '½', '①', '9x', '\u200b']) readAnswer(text.repeat(1_000).slice(0, 1_000), 6);

  expect(performance.now() - started).toBeLessThan(200);
});

test.each([
  '\u200balice@example.com',
  '\u200ealice@example.com\u200f',
  '\ufeff alice@example.com\r\n',
  '\u00a0\u2060alice@example.com\u00ad\u200d',
  '\u202aalice@example.com\u202c',
])('what is invisible around a text is taken off: %j', (text) => {
  expect(bareText(text)).toBe('alice@example.com');
});

test('what is within a text stays, and so does all that can be seen', () => {
  expect(bareText('a\u200bb c.')).toBe('a\u200bb c.');
  expect(bareText('')).toBe('');
  expect(bareText(' \u200b ')).toBe('');
});
