import { getDiffieHellman } from 'node:crypto';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginExchange,
  type Credential,
  createCredential,
  isUsablePublicValue,
  provesPassword,
  simulateCredential,
} from '../../../../../../local/engines/cognito/sign-in/srp.ts';

const NAME = 'Test12345';
const USER = '3f0c0a52-4c3b-4d0e-9f3a-0d5c1a2b3c4d';
const PRIME = getDiffieHellman('modp15').getPrime();
const times = (factor: bigint) => (BigInt(`0x${PRIME.toString('hex')}`) * factor).toString(16);

/** The client's half of the exchange, computed by the client library. */
const exchangeWith = (credential: Credential, password: string) => {
  const session = createSrpSession('user@example.com', password, `eu-central-1_${NAME}`, false);
  const exchange = beginExchange(credential, session.largeA);
  const { passwordSignature, timestamp } = signSrpSession(session, {
    ChallengeParameters: {
      SALT: credential.salt,
      SECRET_BLOCK: exchange.secretBlock,
      SRP_B: exchange.serverPublic,
      USERNAME: USER,
      USER_ID_FOR_SRP: USER,
    },
  } as never);
  return { exchange, claim: { signature: passwordSignature, secretBlock: exchange.secretBlock, timestamp } };
};
const proves = (credential: Credential, password: string) => {
  const { exchange, claim } = exchangeWith(credential, password);
  return provesPassword(NAME, USER, credential, exchange, claim);
};

describe('the password proof', () => {
  test('is accepted exactly when the client used the password', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        (password, other) => {
          const credential = createCredential(NAME, USER, password);
          return proves(credential, password) && (other === password || !proves(credential, other));
        },
      ),
      { numRuns: 8 },
    );
  }, 30_000);

  test('counts for its own exchange, pool and user only', () => {
    const credential = createCredential(NAME, USER, 'Correct-Horse-7');
    const { exchange, claim } = exchangeWith(credential, 'Correct-Horse-7');
    const again = beginExchange(credential, exchange.clientPublic);

    expect(provesPassword(NAME, USER, credential, exchange, claim)).toBe(true);
    expect(provesPassword(NAME, USER, credential, again, claim)).toBe(false);
    expect(provesPassword('Other', USER, credential, exchange, claim)).toBe(false);
    expect(provesPassword(NAME, 'other', credential, exchange, claim)).toBe(false);
    expect(provesPassword(NAME, USER, credential, exchange, { ...claim, timestamp: 'later' })).toBe(false);
    expect(provesPassword(NAME, USER, credential, exchange, { ...claim, secretBlock: '' })).toBe(false);
    expect(provesPassword(NAME, USER, credential, exchange, { ...claim, signature: '' })).toBe(false);
  });

  test('fails against the simulated credential of a stranger', () => {
    const credential = simulateCredential(Buffer.alloc(32, 7), USER);

    expect(proves(credential, 'Correct-Horse-7')).toBe(false);
    expect(simulateCredential(Buffer.alloc(32, 7), USER)).toEqual(credential);
    expect(simulateCredential(Buffer.alloc(32, 8), USER)).not.toEqual(credential);
  });
});

describe("the client's public value", () => {
  test.each([
    ['zero', '0'],
    ['zero in two digits', '00'],
    ['the prime', times(1n)],
    ['twice the prime', times(2n)],
    ['nothing', ''],
    ['no hexadecimal number', 'xyz'],
    ['far longer than the prime', '1'.repeat(2000)],
  ])('is refused when it is %s', (_, value) => {
    expect(isUsablePublicValue(value)).toBe(false);
  });

  test('is accepted in either case of letters', () => {
    expect(isUsablePublicValue('ab01')).toBe(true);
    expect(isUsablePublicValue('AB01')).toBe(true);
  });
});

test('a credential does not contain the password, and no two are alike', () => {
  const [first, second] = [
    createCredential(NAME, USER, 'abcdef01'),
    createCredential(NAME, USER, 'abcdef01'),
  ];

  expect(JSON.stringify(first)).not.toContain('abcdef01');
  expect(first.salt).not.toBe(second.salt);
  expect(first.verifier).not.toBe(second.verifier);
});
