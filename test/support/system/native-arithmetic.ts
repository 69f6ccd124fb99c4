/**
 * Makes the SRP library do its one expensive operation natively, with the same result. Its own JavaScript arithmetic takes
 * 0.4 s of a core for each sign-in, for which the end-to-end tests would mostly wait. The commands under test run in
 * processes of their own, without this.
 */
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { createRequire } from 'node:module';

interface BigInteger {
  modPow(exponent: BigInteger, modulus: BigInteger): BigInteger;
  mod(modulus: BigInteger): BigInteger;
  toString(radix: number): string;
}

const requireFromLibrary = createRequire(createRequire(import.meta.url).resolve('cognito-srp-helper'));
const { BigInteger } = requireFromLibrary('jsbn') as {
  readonly BigInteger: { readonly prototype: BigInteger; new (digits: string, radix: number): BigInteger };
};

const toBytes = (integer: BigInteger, length = 0): Buffer => {
  const hex = integer.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(even.padStart(2 * length, '0'), 'hex');
};

// The raw RSA operation is OpenSSL's fastest modular power.
BigInteger.prototype.modPow = function modPow(this: BigInteger, exponent, modulus) {
  const n = toBytes(modulus);
  const jwk = { kty: 'RSA', n: n.toString('base64url'), e: toBytes(exponent).toString('base64url') };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const input = toBytes(this.mod(modulus), n.length);
  const power = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, input);
  return new BigInteger(power.toString('hex'), 16);
};
