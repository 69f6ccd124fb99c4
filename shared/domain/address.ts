/** Email addresses: the form in which SES can mail them, the form in which they are compared, and their mask. */
import { domainToASCII, domainToUnicode } from 'node:url';
import { bareText } from './answer.ts';

/** Longer texts are not read. An address has at most 64 characters, an at sign and 253 characters. */
const MAX_LENGTH = 512;

const ATOMS = /^[\w!#$%&'*+/=?^`{|}~.-]{1,64}$/;
/** Dots that RFC 5322 allows only in quotes. Some providers have given out such names. */
const STRAY_DOT = /^\.|\.\.|\.$/;
const QUOTED = /^"[ !#-[\]-~]{1,62}"$/;
/** Host names with a dot. A last label of digits would be an IP address. */
const DOMAIN = /^(?=.{1,253}$)(?:[a-z\d-]{1,63}\.)+(?!\d+$)[a-z\d-]{1,63}$/i;
/** `domainToASCII` decodes what follows a percent sign, and drops what is invisible, except the two joiners. */
const SWALLOWED = /%|(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/u;
const OUTSIDE_ASCII = /[^\0-\x7f]/;

const asciiDomain = (domain: string): string => {
  const ascii = OUTSIDE_ASCII.test(domain) && !SWALLOWED.test(domain) ? domainToASCII(domain) : domain;
  return ascii.replace(/\.$/, '');
};

const asciiLocal = (local: string): string | undefined => {
  if (QUOTED.test(local)) return local;
  if (!ATOMS.test(local)) return undefined;
  return STRAY_DOT.test(local) ? `"${local}"` : local;
};

/**
 * Returns an address of Cognito as SES takes it: without what is invisible around it, and with the domain in ASCII
 * (`erika@bücher.example` → `erika@xn--bcher-kva.example`). Returns undefined if SES cannot mail it, above all because of
 * a local part outside ASCII, or if it is no single address.
 */
export const mailableAddress = (address: string): string | undefined => {
  if (address.length > MAX_LENGTH) return undefined;
  const bare = bareText(address);
  const at = bare.lastIndexOf('@');
  const local = asciiLocal(bare.slice(0, Math.max(at, 0)));
  const domain = asciiDomain(bare.slice(at + 1));
  return local !== undefined && DOMAIN.test(domain) ? `${local}@${domain}` : undefined;
};

/**
 * Returns the form in which two addresses are compared and hashed: the mailable form in lower case. A label (`+x`) stays,
 * because it can lead to another mailbox. Returns undefined if SES cannot mail the address: then it equals no other one.
 */
export const canonicalAddress = (address: string): string | undefined =>
  mailableAddress(address)?.toLowerCase();

/** The domain as its owner writes it. ASCII without Punycode stays, because `domainToUnicode` makes `1` into `0.0.0.1`. */
const shownDomain = (domain: string): string =>
  OUTSIDE_ASCII.test(domain) || /xn--/i.test(domain) ? domainToUnicode(domain) || domain : domain;

const maskPart = (part: string): string => `${Array.from(part)[0] ?? ''}***`;

/**
 * Shows enough of the address for its owner to recognise it, and too little for others to learn it:
 * `alice@mail.example.com` → `a***@m***.com`. One-letter names are masked too; a text that is no address becomes `***`. The
 * address of Cognito and its mailable form have the same mask.
 */
export const maskAddress = (address: string): string => {
  const bare = bareText(address);
  const at = bare.lastIndexOf('@');
  if (at < 1) return '***';
  const domain = shownDomain(bare.slice(at + 1)).replace(/\.$/, '');
  const dot = domain.lastIndexOf('.');
  const local = bare.slice(0, at).replace(/^"(.*)"$/s, '$1');
  const shownLocal = Array.from(local).length > 1 ? maskPart(local) : '***';
  return `${shownLocal}@${maskPart(domain.slice(0, Math.max(dot, 0)))}${dot < 0 ? '' : domain.slice(dot)}`;
};
