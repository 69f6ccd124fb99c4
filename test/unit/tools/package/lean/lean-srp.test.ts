import { build } from 'esbuild';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leanSrp } from '../../../../../tools/package/lean/lean-srp.ts';
import { BigInteger } from '../../../../../tools/package/lean/native-big-integer.ts';

const numbers = fc.bigInt({ min: 0n, max: 1n << 256n });
const exponents = fc.bigInt({ min: 0n, max: 200n });
const moduli = fc.bigInt({ min: 2n, max: 1n << 128n });
const integer = (value: bigint) => new BigInteger(value.toString(16), 16);

test('the integers calculate', () => {
  fc.assert(
    fc.property(numbers, numbers, exponents, moduli, (a, b, exponent, modulus) => {
      const [one, other] = [integer(a), integer(b)];
      const difference = one.subtract(other);

      expect(one.add(other).multiply(BigInteger.ONE).toString(16)).toBe((a + b).toString(16));
      expect(one.multiply(other).toString(16)).toBe((a * b).toString(16));
      expect(difference.abs().toString(16)).toBe((a < b ? b - a : a - b).toString(16));
      expect(difference.compareTo(BigInteger.ZERO)).toBe(a < b ? -1 : Number(a > b));
      expect(one.equals(other)).toBe(a === b);
      // As in the proof of a password: the base may be negative, and the remainder is not.
      const remainder = (a - b) ** exponent % modulus;
      expect(difference.modPow(integer(exponent), integer(modulus)).toString(16)).toBe(
        (remainder < 0n ? remainder + modulus : remainder).toString(16),
      );
    }),
  );
});

test('a bundle has nothing of jsbn, and of crypto-js only what the proof takes', async () => {
  const { metafile } = await build({
    stdin: { contents: "export { signSrpSession } from 'cognito-srp-helper';", resolveDir: process.cwd() },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    plugins: [leanSrp],
  });
  const inputs = Object.keys(metafile.inputs);

  expect(inputs.filter((path) => /node_modules\/(jsbn|buffer)\//.test(path))).toEqual([]);
  expect(inputs.filter((path) => path.includes('node_modules/crypto-js/'))).toHaveLength(6);
});
