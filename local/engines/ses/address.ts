/** Reads email addresses as SES gets them, with or without a display name. */

/** SES does not support SMTPUTF8: all is ASCII, and dots at the ends of a name or in a row need quotes. */
const LOCAL_PART = /^(?=.{1,64}$)(?:"[ !#-[\]-~]+"|[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)$/;

/** A host name with a dot. A last label of digits would be an IP address. */
const DOMAIN = /^(?=.{1,253}$)(?:[a-z\d-]{1,63}\.)+(?!\d+$)[a-z\d-]{1,63}$/i;

/** Returns the address in `Alice <alice@example.com>`. */
export const bareAddress = (address: string): string => /<([^<>]*)>$/.exec(address)?.[1] ?? address;

/** A display name in quotes, or one without the characters that have a meaning in a list of addresses. */
const NAME = /^(?:"(?:[ !#-[\]-~]|\\[ -~])*"|[ !#-'*+\--9=?A-Z^-~]*)$/;

/** Returns `Alice` of `Alice <alice@example.com>`, and nothing for an address without brackets. */
const displayName = (address: string): string => /^(.*)<[^<>]*>$/s.exec(address)?.[1]?.trim() ?? '';

/** With or without a display name, which has to be ASCII too: others are encoded (RFC 2047). */
export const isAddress = (address: string): boolean => {
  const bare = bareAddress(address);
  const at = bare.lastIndexOf('@');
  return (
    LOCAL_PART.test(bare.slice(0, Math.max(at, 0))) &&
    DOMAIN.test(bare.slice(at + 1)) &&
    NAME.test(displayName(address))
  );
};

export const domainOf = (address: string): string => {
  const bare = bareAddress(address).toLowerCase();
  return bare.slice(bare.lastIndexOf('@') + 1);
};

/** Returns the part before the @, in lower case and without a `+label`. */
export const localPartOf = (address: string): string =>
  bareAddress(address).toLowerCase().split(/[+@]/)[0] ?? '';
