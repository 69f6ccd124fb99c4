/** Looks for codes and for the tokens of report links in everything that a run has written, in each encoding in which they could hide. */

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

/**
 * A token as it stands in a link, its 16 bytes in hex and in plain base64, and its text encoded once more. A hash of it is no leak.
 */
const encodingsOfToken = (token: string): Readonly<Record<string, RegExp>> => {
  const bytes = Buffer.from(token, 'base64url');
  return {
    'token, as in the link': new RegExp(token),
    'token, hex of its bytes': new RegExp(bytes.toString('hex'), 'i'),
    'token, base64 of its bytes': new RegExp(
      bytes.toString('base64').replace(/=+$/, '').replaceAll('+', '\\+'),
    ),
    'token, hex of its text': new RegExp(Buffer.from(token).toString('hex'), 'i'),
    'token, base64 of its text, offset 0': new RegExp(base64At(token, 0)),
    'token, base64 of its text, offset 1': new RegExp(base64At(token, 1)),
    'token, base64 of its text, offset 2': new RegExp(base64At(token, 2)),
  };
};

/** The kinds of leak that a scan for tokens finds. */
export const TOKEN_ENCODINGS: readonly string[] = Object.keys(encodingsOfToken('A'.repeat(22)));

export const findLeaks = (
  codes: readonly string[],
  sources: Readonly<Record<string, string>>,
): readonly Leak[] => find(codes, encodings, sources);

/** As `findLeaks`, for the tokens of the links "this was not me". */
export const findTokenLeaks = (
  tokens: readonly string[],
  sources: Readonly<Record<string, string>>,
): readonly Leak[] => find(tokens, encodingsOfToken, sources);

const find = (
  secrets: readonly string[],
  encodingsOf: (secret: string) => Readonly<Record<string, RegExp>>,
  sources: Readonly<Record<string, string>>,
): readonly Leak[] =>
  secrets.flatMap((secret) =>
    Object.entries(encodingsOf(secret)).flatMap(([encoding, pattern]) =>
      Object.entries(sources)
        .filter(([, content]) => pattern.test(content))
        .map(([source]) => ({ source, encoding })),
    ),
  );
