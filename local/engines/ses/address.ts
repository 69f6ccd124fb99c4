/** Email addresses as SES is given them, with or without a display name. */

const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** `Alice <alice@example.com>` without the name. */
export const bareAddress = (address: string): string => /<([^<>]*)>$/.exec(address)?.[1] ?? address;

export const isAddress = (address: string): boolean => ADDRESS.test(bareAddress(address));

export const domainOf = (address: string): string => {
  const bare = bareAddress(address).toLowerCase();
  return bare.slice(bare.lastIndexOf('@') + 1);
};

/** The part before the @, in lower case and without a `+label`. */
export const localPartOf = (address: string): string =>
  bareAddress(address).toLowerCase().split(/[+@]/)[0] ?? '';
