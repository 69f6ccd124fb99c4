/** Takes email addresses out of the texts of others, before they are stored or shown. It also runs in browsers. */

/** The at sign: full-width, small, in a URL, in quoted-printable, in HTML. */
const AT_SIGN = '(?:@|＠|﹫|%40|=40|&#0{0,5}64;|&#x0{0,4}40;|&commat;)';
const AT = new RegExp(AT_SIGN, 'i');
/** A quoted local part may contain spaces and escaped quotes (RFC 5321 section 4.1.2). */
const QUOTED = new RegExp(`"(?:[^"\\\\]|\\\\.){0,64}"${AT_SIGN}\\S+`, 'gis');
/** A word, with an at sign after white space and what follows it: mail programs ignore the white space. */
const WORD = new RegExp(`\\S+(?:\\s+${AT_SIGN}\\s*\\S*)*`, 'gi');
/** Punctuation before an address that is not part of it, as in `<alice@example.com>;`. */
const BEFORE = /^[<>()[\]{},;:"']*/;
/** The same after it. A try begins only where a run begins, so that long runs take no longer. */
const AFTER = /(?<![<>()[\]{},;:."'])[<>()[\]{},;:."']*$/;
/** An address that `maskAddress` has masked. */
const MASK = /^\S?\*\*\*@\S?\*\*\*(\.[^\s@]+)?$/;

const withoutAddress = (word: string): string => {
  if (!AT.test(word)) return word;
  const before = BEFORE.exec(word)?.[0] ?? '';
  const after = AFTER.exec(word)?.[0] ?? '';
  return MASK.test(word.slice(before.length, word.length - after.length)) ? word : `${before}***${after}`;
};

/**
 * Replaces every word that could be an address with `***` in a text of somebody else, such as a server's reply or a user
 * agent. Masked addresses stay. It removes too much rather than too little: every word with an at sign in any spelling.
 * The time is linear in the text's length. A text must not be cut before, because half an address has no at sign.
 */
export const withoutAddresses = (text: string): string =>
  text.replace(QUOTED, '***').replace(WORD, withoutAddress);

/** Much longer than any server's reply and any browser's user agent. */
const MAX_READ = 8_192;

/** A text of somebody else as one line of printable characters, without addresses. Nothing is kept of a very long text. */
export const redactedLine = (text: string): string =>
  text.length > MAX_READ
    ? ''
    : withoutAddresses(text)
        .replace(/[^\x20-\x7e]+/g, ' ')
        .trim();

/** The beginning of a text, at most `max` characters long. A word that does not fit is left out. */
export const wholeWords = (text: string, max: number): string =>
  (new RegExp(`^.{0,${max}}(?!\\S)`, 's').exec(text)?.[0] ?? '').trimEnd();
