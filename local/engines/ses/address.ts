/** Reads email addresses as SES gets them, with or without a display name. */

const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** Returns the address in `Alice <alice@example.com>`. */
export const bareAddress = (address: string): string => /<([^<>]*)>$/.exec(address)?.[1] ?? address;

export const isAddress = (address: string): boolean => ADDRESS.test(bareAddress(address));

export const domainOf = (address: string): string => {
  const bare = bareAddress(address).toLowerCase();
  return bare.slice(bare.lastIndexOf('@') + 1);
};

/** Returns the part before the @, in lower case and without a `+label`. */
export const localPartOf = (address: string): string =>
  bareAddress(address).toLowerCase().split(/[+@]/)[0] ?? '';
