/** Takes addresses out of text that somebody else has written: a server's reply, a client's name for itself. */

/** A quoted local part may hold spaces (RFC 5321 section 4.1.2). */
const QUOTED = /"[^"]{0,64}"@\S+/g;
/** Punctuation around an address that is not part of it, as in `<alice@example.com>;`. */
const TOKEN = /^([<>()[\]{},;:"']*)(.*?)([<>()[\]{},;:."']*)$/s;
const AT = /@|＠|%40/i;
/** What `shared/domain/recipient.ts` makes of an address. */
const MASK = /^\S?\*\*\*@\S?\*\*\*(\.[^\s@]+)?$/;

/**
 * The text with every word that could be an address as `***`; masks stay. It takes out too much rather than too little: whatever
 * has an at sign, written as it may be. Linear in the text's length; callers cut the text first all the same.
 */
export const withoutAddresses = (text: string): string =>
  text.replace(QUOTED, '***').replace(/\S+/g, (word) => {
    if (!AT.test(word)) return word;
    const [, before = '', address = '', after = ''] = TOKEN.exec(word) ?? [];
    return MASK.test(address) ? word : `${before}***${after}`;
  });
