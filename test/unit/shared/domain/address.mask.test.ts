import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskAddress } from '../../../../shared/domain/address.ts';

test.each([
  ['alice@example.com', 'a***@e***.com'],
  ['alice@mail.example.com', 'a***@m***.com'],
  ['alice.b+tag@example.co.uk', 'a***@e***.uk'],
  ['al@example.com', 'a***@e***.com'],
  ['a@example.com', '***@e***.com'],
  ['"a@b"@example.com', 'a***@e***.com'],
  ['"a"@example.com', '***@e***.com'],
  ['alice@localhost', 'a***@***'],
  ['é@example.com', '***@e***.com'],
  ['💌💌@example.com', '💌***@e***.com'],
  ['erika@bücher.example', 'e***@b***.example'],
  ['erika@xn--bcher-kva.example', 'e***@b***.example'],
  ['erika@пример.рф', 'e***@п***.рф'],
  ['erika@XN--E1AFMKFD.xn--p1ai', 'e***@п***.рф'],
  ['erika@日本。テスト', 'e***@日***.テスト'],
  ['erika@xn--example.com', 'e***@x***.com'],
  ['alice@example.com.', 'a***@e***.com'],
  ['alice@1', 'a***@***'],
  ['\u200b alice@example.com', 'a***@e***.com'],
])('masks %s as %s', (address, expected) => {
  const masked = maskAddress(address);

  expect(masked).toBe(expected);
});

test.each([[''], ['alice'], ['@'], ['@example.com'], ['example.com']])('shows nothing of %j', (address) => {
  const masked = maskAddress(address);

  expect(masked).toBe('***');
});

test('shows no more than the first character of the name, and none of a name of one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.domain(), (name, domain) => {
      const masked = maskAddress(`${name}@${domain}`);

      const shown = masked.slice(0, masked.lastIndexOf('@'));
      const [first, ...others] = Array.from(name);
      fc.pre(!/^"|^[\s\p{Cf}]/u.test(name));
      expect(shown).toBe(others.length > 0 ? `${first}***` : '***');
    }),
  );
});

test('shows of the domain its first character and what follows the last dot', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      const domain = address.slice(address.lastIndexOf('@') + 1);

      const masked = maskAddress(address);

      const end = domain.slice(domain.lastIndexOf('.'));
      expect(masked.slice(masked.lastIndexOf('@') + 1)).toBe(`${domain[0]}***${end}`);
    }),
  );
});

test('does not tell how long a name is', () => {
  const masks = ['al', 'alice', `al${'i'.repeat(60)}ce`].map((name) => maskAddress(`${name}@example.com`));

  expect(new Set(masks).size).toBe(1);
});

test('never throws, and is short whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (address) => {
      const masked = maskAddress(address);

      expect(masked).toContain('***');
    }),
  );
});
