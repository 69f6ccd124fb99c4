/** Where the page may send somebody who has signed in. */

/** Longer addresses are cut by browsers and servers in their own ways. */
const MAX_LENGTH = 2_000;

/**
 * What a browser, a proxy and an app may read in different ways: backslashes, spaces and control characters, and in the path
 * an encoded slash, backslash, percent sign or control character.
 */
const AMBIGUOUS = /[\\\s\p{C}]/u;
const AMBIGUOUS_PATH = /%(?:2f|5c|25|7f|[01][0-9a-f])/i;

/** `allowed` is an address or a path. A path that ends with a slash allows all below it, another one itself and all below it. */
const isBelow = (target: URL, allowed: string, page: string): boolean => {
  if (!URL.canParse(allowed, page)) return false;
  const { origin, protocol, pathname } = new URL(allowed, page);
  // The origin of `javascript:` and `data:` is the text "null", the same for all of them.
  if (!/^https?:$/.test(protocol) || target.origin !== origin) return false;
  const folder = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return target.pathname === pathname || target.pathname.startsWith(folder);
};

/**
 * Returns the address that `?returnTo=` in the page's own address asks for, if one of `allowed` has it; undefined otherwise.
 * Anybody can write a link with a `returnTo`, so what is not plainly allowed is ignored.
 */
export const readReturnTo = (page: string, allowed: readonly string[] = []): string | undefined => {
  const asked = new URL(page).searchParams.getAll('returnTo');
  const [wanted] = asked;
  if (wanted === undefined || asked.length > 1) return undefined;
  if (wanted.length > MAX_LENGTH || AMBIGUOUS.test(wanted) || !/^(?:https?:\/\/|\/(?!\/))/i.test(wanted))
    return undefined;
  if (!URL.canParse(wanted, page)) return undefined;
  const target = new URL(wanted, page);
  if (target.username !== '' || target.password !== '' || AMBIGUOUS_PATH.test(target.pathname))
    return undefined;
  return allowed.some((one) => isBelow(target, one, page)) ? target.href : undefined;
};
