/** What may be shown and stored of email addresses: of the user's own, and of those in other people's text. */

const maskPart = (part: string): string => `${Array.from(part)[0] ?? ''}***`;

/**
 * Enough of the address to recognise one's own mailbox, not enough to learn it: `alice@mail.example.com` → `a***@m***.com`.
 * One-letter names are masked too; what is no address is all stars.
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

/** A quoted local part may hold spaces (RFC 5321 section 4.1.2). */
const QUOTED = /"[^"]{0,64}"@\S+/g;
/** Punctuation around an address that is not part of it, as in `<alice@example.com>;`. */
const TOKEN = /^([<>()[\]{},;:"']*)(.*?)([<>()[\]{},;:."']*)$/s;
const AT = /@|＠|%40/i;
/** What `maskAddress` makes of an address. */
const MASK = /^\S?\*\*\*@\S?\*\*\*(\.[^\s@]+)?$/;

/**
 * The text of somebody else, such as a server's reply or a client's name for itself, with every word that could be an
 * address as `***`; masks stay. It takes out too much rather than too little: whatever has an at sign, written as it may be.
 * Linear in the text's length; callers cut the text first all the same.
 */
export const withoutAddresses = (text: string): string =>
  text.replace(QUOTED, '***').replace(/\S+/g, (word) => {
    if (!AT.test(word)) return word;
    const [, before = '', address = '', after = ''] = TOKEN.exec(word) ?? [];
    return MASK.test(address) ? word : `${before}***${after}`;
  });
