/** What the SRP library uses of the package `jsbn`, by the language's own integers, which are faster and take no room in a bundle. */
export class BigInteger {
  static readonly ZERO = new BigInteger('0', 16);
  static readonly ONE = new BigInteger('1', 16);
  readonly #value: bigint;

  /** `text` is hexadecimal, without a sign. */
  constructor(text: string | bigint, radix?: 16) {
    this.#value = radix === undefined ? BigInt(text) : BigInt(`0x${text}`);
  }

  abs(): BigInteger {
    return this.#value < 0n ? new BigInteger(-this.#value) : this;
  }

  add(other: BigInteger): BigInteger {
    return new BigInteger(this.#value + other.#value);
  }

  subtract(other: BigInteger): BigInteger {
    return new BigInteger(this.#value - other.#value);
  }

  multiply(other: BigInteger): BigInteger {
    return new BigInteger(this.#value * other.#value);
  }

  /** The remainder is never negative. */
  modPow(by: BigInteger, over: BigInteger): BigInteger {
    const [exponent, modulus] = [by.#value, over.#value];
    let result = 1n % modulus;
    let power = ((this.#value % modulus) + modulus) % modulus;
    for (const bit of exponent.toString(2).split('').reverse()) {
      if (bit === '1') result = (result * power) % modulus;
      power = (power * power) % modulus;
    }
    return new BigInteger(result);
  }

  compareTo(other: BigInteger): number {
    return Number(this.#value > other.#value) - Number(this.#value < other.#value);
  }

  equals(other: BigInteger): boolean {
    return this.compareTo(other) === 0;
  }

  toString(radix: 16): string {
    return this.#value.toString(radix);
  }
}
