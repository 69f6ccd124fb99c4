/** Masks email addresses before they are shown or stored: the user's own, and those in texts of others. */

const maskPart = (part: string): string => `${Array.from(part)[0] ?? ''}***`;

/**
 * Shows enough of the address for its owner to recognise it, and too little for others to learn it:
 * `alice@mail.example.com` → `a***@m***.com`. One-letter names are masked too; a text that is no address becomes `***`.
 */
export const maskAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  if (at < 1) return '***';
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const local = Array.from(address.slice(0, at));
  const shownLocal = local.length > 1 ? maskPart(address.slice(0, at)) : '***';
  return `${shownLocal}@${maskPart(domain.slice(0, Math.max(dot, 0)))}${dot < 0 ? '' : domain.slice(dot)}`;
};

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
