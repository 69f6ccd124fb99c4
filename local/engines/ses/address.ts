/** Reads email addresses as SES gets them, with or without a display name. */

/** SES does not support SMTPUTF8: all is ASCII, and dots at the ends of a name or in a row need quotes. */
const ADDRESS =
  /^(?=.{1,64}@)(?:"[ !#-[\]-~]+"|[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)@(?:[a-z\d-]{1,63}\.)+[a-z\d-]{1,63}$/i;

/** Returns the address in `Alice <alice@example.com>`. */
export const bareAddress = (address: string): string => /<([^<>]*)>$/.exec(address)?.[1] ?? address;

/** A display name in quotes, or one without the characters that have a meaning in a list of addresses. */
const NAME = /^(?:"(?:[ !#-[\]-~]|\\[ -~])*"|[ !#-'*+\--9=?A-Z^-~]*)$/;

/** With or without a display name, which has to be ASCII too: others are encoded (RFC 2047). */
export const isAddress = (address: string): boolean =>
  ADDRESS.test(bareAddress(address)) &&
  NAME.test(
    address
      .replace(/<[^<>]*>$/, '')
      .trim()
      .replace(ADDRESS, ''),
  );

export const domainOf = (address: string): string => {
  const bare = bareAddress(address).toLowerCase();
  return bare.slice(bare.lastIndexOf('@') + 1);
};

/** Returns the part before the @, in lower case and without a `+label`. */
export const localPartOf = (address: string): string =>
  bareAddress(address).toLowerCase().split(/[+@]/)[0] ?? '';
