/** The whole numbers of a range as a regular expression: the ranges that CloudFormation has itself also take fractions. */

/** How many numbers from `from` on have the same first digits and any others after them: 100 of 3000 to 3650. */
const blockSize = (from: number, max: number, size = 1): number => {
  const larger = size * 10;
  const fits = from >= larger && from % larger === 0 && from + larger - 1 <= max;
  return fits ? blockSize(from, max, larger) : size;
};

const digits = (first: number, last: number): string => (first === last ? `${first}` : `[${first}-${last}]`);

/** As CloudFormation (Java) reads it: `(9|10)` for 9 to 10. Zeros in front, signs and fractions do not match. */
export const wholeNumbers = (min: number, max: number): string => {
  const parts: string[] = [];
  for (let from = min; from <= max; ) {
    const size = blockSize(from, max);
    const first = from / size;
    const tens = Math.floor(first / 10);
    const last = Math.min(tens * 10 + 9, Math.floor((max + 1) / size) - 1);
    const front = tens === 0 ? '' : tens;
    parts.push(`${front}${digits(first % 10, last % 10)}${'[0-9]'.repeat(String(size).length - 1)}`);
    from = (last + 1) * size;
  }
  return `(${parts.join('|')})`;
};
