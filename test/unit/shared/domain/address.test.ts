import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalAddress, mailableAddress, maskAddress } from '../../../../shared/domain/address.ts';

const HOST = 'a'.repeat(63);

describe('an address as SES takes it', () => {
  test.each([
    ['alice@example.com'],
    ['Alice.B+codes@Mail.Example.COM'],
    ["o'brien@example.com"],
    ['!#$%&*+/=?^_`{|}~-@example.com'],
    ['"alice b"@example.com'],
    ['"a@b"@example.com'],
    ['"."@example.com'],
    [`${'a'.repeat(64)}@${HOST}.${HOST}.${HOST}.${'a'.repeat(61)}`],
    ['erika@xn--bcher-kva.example'],
    ['erika@1.example.com'],
  ])('is %s itself', (address) => {
    expect(mailableAddress(address)).toBe(address);
  });

  test.each([
    ['erika@bücher.example', 'erika@xn--bcher-kva.example'],
    ['Erika+x@BÜCHER.Example', 'Erika+x@xn--bcher-kva.example'],
    ['erika@bu\u0308cher.example', 'erika@xn--bcher-kva.example'],
    ['erika@straße.example', 'erika@xn--strae-oqa.example'],
    ['erika@bücher。example', 'erika@xn--bcher-kva.example'],
    ['erika@ｅｘａｍｐｌｅ．com', 'erika@example.com'],
    ['erika@bücher.example.', 'erika@xn--bcher-kva.example'],
    ['alice@example.com.', 'alice@example.com'],
    ['alice@example。com。', 'alice@example.com'],
    ['erika@пример.рф', 'erika@xn--e1afmkfd.xn--p1ai'],
    ['erika@نامه\u200cای.example', 'erika@xn--mgba3gch31f060k.example'],
    [' \t\u200balice@example.com\u200e\ufeff\r\n', 'alice@example.com'],
    ['alice..b@example.com', '"alice..b"@example.com'],
    ['alice.@example.com', '"alice."@example.com'],
    ['.alice@example.com', '".alice"@example.com'],
  ])('%s becomes %s', (address, expected) => {
    expect(mailableAddress(address)).toBe(expected);
  });
});

describe('no mail is possible to', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \u200b '],
    ['a name alone', 'alice'],
    ['a domain alone', '@example.com'],
    ['a name outside ASCII', 'jörg@example.com'],
    ['a full-width name', 'ａｌｉｃｅ@example.com'],
    ['a letter that only looks like ASCII', 'аlice@example.com'],
    ['a full-width at sign', 'alice＠example.com'],
    ['several addresses', 'alice@example.com,bob@example.com'],
    ['several at signs', 'alice@example.org@example.com'],
    ['a display name', 'Alice <alice@example.com>'],
    ['angle brackets', '<alice@example.com>'],
    ['a comment', 'alice(work)@example.com'],
    ['a comment in the domain', 'alice@example.com(work)'],
    ['a space', 'alice b@example.com'],
    ['a space before the domain', 'alice@ bücher.example'],
    ['a line break', 'alice@example.com\r\nBcc: bob@example.com'],
    ['a line break in quotes', '"alice\r\nb"@example.com'],
    ['a quote in quotes', '"alice"b"@example.com'],
    ['a name of 65 characters', `${'a'.repeat(65)}@example.com`],
    ['a name of 65 characters in quotes', `"${'a'.repeat(63)}"@example.com`],
    ['a label of 64 characters', `alice@a${HOST}.com`],
    ['a label of 64 characters in Punycode', `alice@${'ü'.repeat(60)}bc.com`],
    ['a domain of 254 characters', `alice@${HOST}.${HOST}.${HOST}.${'a'.repeat(62)}`],
    ['100,000 characters', `alice@${'ü'.repeat(100_000)}.com`],
    ['a domain without a dot', 'alice@localhost'],
    ['a number', 'alice@1'],
    ['an IP address', 'alice@192.0.2.1'],
    ['a full-width IP address', 'alice@１９２.0.2.1'],
    ['an IP address in brackets', 'alice@[192.0.2.1]'],
    ['an empty label', 'alice@example..com'],
    ['an empty label outside ASCII', 'alice@bücher..example'],
    ['two dots at the end', 'alice@bücher.example..'],
    ['an underscore in the domain', 'alice@bü_cher.example'],
    ['what domainToASCII decodes', 'alice@b%c3%bccher.example'],
    ['what domainToASCII decodes, beside a letter outside ASCII', 'alice@bü%63her.example'],
    ['what domainToASCII drops', 'alice@exam\u200bple.com'],
    ['a soft hyphen', 'alice@bü\u00adcher.example'],
    ['a mark of direction in the middle', 'alice\u200e@example.com'],
    ['a forbidden letter', 'alice@b\u2488\u00fccher.example'],
    ['half a surrogate pair', 'alice@b\ud835.example'],
  ])('%s', (_, address) => {
    expect(mailableAddress(address)).toBeUndefined();
    expect(canonicalAddress(address)).toBeUndefined();
  });
});

/** Addresses of Cognito that people have, among them some of which SES takes another form. */
const anAddress = fc.tuple(
  fc.constantFrom('', ' ', '\u200b', '\u200e'),
  fc.stringMatching(/^[\w.+-]{1,20}$/),
  fc.constantFrom('bücher', 'BÜCHER', 'Example', 'пример', '日本', 'xn--bcher-kva', 'a1'),
  fc.constantFrom('.', '。', '．'),
  fc.constantFrom('example', 'рф', 'COM', 'xn--p1ai'),
  fc.constantFrom('', '.', '\ufeff'),
);

test('the form of SES is ASCII, and has the mask and the canonical form of the address of Cognito', () => {
  fc.assert(
    fc.property(anAddress, ([before, local, label, dot, end, after]) => {
      const address = `${before}${local}@${label}${dot}${end}${after}`;

      const mailable = mailableAddress(address) ?? '';

      expect(mailable).toMatch(/^[!-~]+@[\w.-]+[^.]$/);
      expect(mailableAddress(mailable)).toBe(mailable);
      expect(maskAddress(mailable)).toBe(maskAddress(address));
      expect(canonicalAddress(mailable)).toBe(canonicalAddress(address));
    }),
  );
});

test('whatever Cognito has: one ASCII address without white space outside quotes, or none', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.emailAddress());
  fc.assert(
    fc.property(text, fc.oneof(text, fc.domain()), (local, domain) => {
      const mailable = mailableAddress(`${local}@${domain}`) ?? 'none@example.com';

      expect(mailable).toMatch(/^(?:"[ !#-[\]-~]+"|[!-~]+)@[A-Za-z0-9.-]+$/);
      expect(mailable).not.toMatch(/^[^"].*[,;:<>()[\]\\]/);
    }),
    { numRuns: 2_000 },
  );
});

describe('two addresses are one', () => {
  test.each([
    ['Alice@Example.com', 'alice@example.COM'],
    ['erika@bücher.example', 'ERIKA@xn--bcher-kva.EXAMPLE.'],
    ['alice@example.com', '\u200balice@example.com'],
  ])('%s and %s', (one, other) => {
    expect(canonicalAddress(one)).toBe(canonicalAddress(other));
  });

  test.each([
    ['alice@example.com', 'anna@example.com'],
    ['alice@example.com', 'alice+x@example.com'],
    ['alice@example.com', 'ali.ce@example.com'],
    ['erika@bücher.example', 'erika@bucher.example'],
    ['erika@straße.example', 'erika@strasse.example'],
  ])('but not %s and %s', (one, other) => {
    expect(canonicalAddress(one)).not.toBe(canonicalAddress(other));
  });
});
