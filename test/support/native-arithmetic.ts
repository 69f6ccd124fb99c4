/**
 * Lets the SRP library's big integers do their one dear operation natively. Its own JavaScript arithmetic takes 0.4 s of a
 * core for each sign-in, which is most of what the end-to-end tests would wait for; the numbers are the same. The commands
 * under test run in processes of their own, without this.
 */
import { createRequire } from 'node:module';

interface BigInteger {
  modPow(exponent: BigInteger, modulus: BigInteger): BigInteger;
  toString(radix: number): string;
}

const requireFromLibrary = createRequire(createRequire(import.meta.url).resolve('cognito-srp-helper'));
const { BigInteger } = requireFromLibrary('jsbn') as {
  readonly BigInteger: { readonly prototype: BigInteger; new (digits: string, radix: number): BigInteger };
};

const toNative = (integer: BigInteger): bigint => {
  const digits = integer.toString(16);
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
};

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
};

BigInteger.prototype.modPow = function modPow(this: BigInteger, exponent, modulus) {
  const m = toNative(modulus);
  // A remainder takes the sign of its dividend, a residue has none.
  const base = ((toNative(this) % m) + m) % m;
  return new BigInteger(power(base, toNative(exponent), m).toString(16), 16);
};
