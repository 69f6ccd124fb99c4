/** Takes email addresses out of the texts of others, before they are stored or shown. It also runs in browsers. */

/** A quoted local part may contain spaces (RFC 5321 section 4.1.2). */
const QUOTED = /"[^"]{0,64}"@\S+/g;
/** Punctuation around an address that is not part of it, as in `<alice@example.com>;`. */
const TOKEN = /^([<>()[\]{},;:"']*)(.*?)([<>()[\]{},;:."']*)$/s;
const AT = /@|＠|%40/i;
/** An address that `maskAddress` has masked. */
const MASK = /^\S?\*\*\*@\S?\*\*\*(\.[^\s@]+)?$/;

/**
 * Replaces every word that could be an address with `***` in a text of somebody else, such as a server's reply or a user
 * agent. Masked addresses stay. It removes too much rather than too little: every word with an at sign in any spelling.
 * The time is linear in the text's length, but callers should shorten the text first.
 */
export const withoutAddresses = (text: string): string =>
  text.replace(QUOTED, '***').replace(/\S+/g, (word) => {
    if (!AT.test(word)) return word;
    const [, before = '', address = '', after = ''] = TOKEN.exec(word) ?? [];
    return MASK.test(address) ? word : `${before}***${after}`;
  });
