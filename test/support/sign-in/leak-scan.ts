/** Looks for codes in everything that a run has written, in each encoding in which they could hide. */

export interface Leak {
  readonly source: string;
  readonly encoding: string;
}

/**
 * The characters of a base64 text that depend on the code alone if `offset` bytes come before it. The text before and after
 * the code changes only the characters that are left out here.
 */
const base64At = (code: string, offset: number): string => {
  const encoded = Buffer.from('\0'.repeat(offset) + code).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + code.length) * 8) / 6);
  return encoded.slice(first, last);
};

/** Plain digits count only if no further digit touches them: longer numbers are not codes. */
const encodings = (code: string): Readonly<Record<string, RegExp>> => ({
  plain: new RegExp(`(?<!\\d)${code}(?!\\d)`),
  hex: new RegExp(Buffer.from(code).toString('hex'), 'i'),
  'base64, offset 0': new RegExp(base64At(code, 0)),
  'base64, offset 1': new RegExp(base64At(code, 1)),
  'base64, offset 2': new RegExp(base64At(code, 2)),
});

/** The kinds of leak that a scan finds. */
export const ENCODINGS: readonly string[] = Object.keys(encodings('0000000000'));

export const findLeaks = (
  codes: readonly string[],
  sources: Readonly<Record<string, string>>,
): readonly Leak[] =>
  codes.flatMap((code) =>
    Object.entries(encodings(code)).flatMap(([encoding, pattern]) =>
      Object.entries(sources)
        .filter(([, content]) => pattern.test(content))
        .map(([source]) => ({ source, encoding })),
    ),
  );
