import { describe, expect, test } from 'vitest';
import { isAddress } from '../../../../../local/engines/ses/address.ts';

const LABEL = 'a'.repeat(63);
const host = (length: number) => `${LABEL}.${LABEL}.${LABEL}.${'b'.repeat(length - 3 * 64 - 4)}.com`;

describe('SES takes', () => {
  test.each([
    'alice@example.com',
    'Alice <alice@example.com>',
    '<alice@example.com>',
    '"Example, Inc." <otp@example.com>',
    '"alice@example.com" <bob@example.com>',
    '"a b"@example.com',
    'alice+label@mail.example.com',
    'erika@xn--bcher-kva.example',
    'alice@1.example.com',
    'alice@example.c0m',
    `${'a'.repeat(64)}@example.com`,
    `alice@${host(253)}`,
  ])('%s', (address) => {
    expect(isAddress(address)).toBe(true);
  });
});

describe('SES refuses', () => {
  test.each([
    'alice',
    '@example.com',
    'alice@',
    'alice@localhost',
    'alice@127.0.0.1',
    'alice@example.1',
    `alice@${host(254)}`,
    `${'a'.repeat(65)}@example.com`,
    `"a@${'b'.repeat(80)}"@example.com`,
    'alice..b@example.com',
    'alice@example..com',
    'alice@example.com <bob@example.com>',
    'Alice, Bob <bob@example.com>',
    'Alice <alice@example.com> <bob@example.com>',
    'Alice <alice@example.com',
    'Jörg <alice@example.com>',
  ])('%s', (address) => {
    expect(isAddress(address)).toBe(false);
  });
});
