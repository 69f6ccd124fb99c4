import { createSecretKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashAddress } from '../../../../shared/domain/address-hash.ts';
import { ADDRESS_KEY } from '../../../support/table/challenges.ts';

test.each([
  ['alice@example.com', 'h1hFaGLnlIF-yMRbelaWtw'],
  ['Alice@Example.COM', 'h1hFaGLnlIF-yMRbelaWtw'],
  ['\u200balice@example.com ', 'h1hFaGLnlIF-yMRbelaWtw'],
  ['erika@bücher.example', 'LBokkAMTELUf549yAMi00Q'],
  ['Erika@xn--bcher-kva.example', 'LBokkAMTELUf549yAMi00Q'],
])('the hash of %s is known, however the address is spelt', (address, expected) => {
  // Computed with Python's hmac and hashlib: the first sixteen bytes over "address/1" and the address.
  expect(hashAddress(ADDRESS_KEY, address)).toBe(expected);
});

test('another address, label or key gives another hash', () => {
  const another = createSecretKey('another key, of at least 32 characters', 'utf8');

  const hashes = [
    hashAddress(ADDRESS_KEY, 'alice@example.com'),
    hashAddress(ADDRESS_KEY, 'anna@example.com'),
    hashAddress(ADDRESS_KEY, 'alice+x@example.com'),
    hashAddress(ADDRESS_KEY, 'alice@example.org'),
    hashAddress(another, 'alice@example.com'),
  ];

  expect(new Set(hashes).size).toBe(hashes.length);
});

test('addresses that SES cannot mail are still told apart', () => {
  const hashes = ['jörg@example.com', 'jürg@example.com'].map((address) => hashAddress(ADDRESS_KEY, address));

  expect(new Set(hashes).size).toBe(2);
});
