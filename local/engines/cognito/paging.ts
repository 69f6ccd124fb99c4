/** Cuts lists into pages. The token names the first item of the next page. */
import { invalidParameter } from './errors.ts';

interface Page<T> {
  readonly items: readonly T[];
  /** The token of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

interface PageRequest {
  /** Zero, like no limit, stands for AWS's greatest page, which is 60. */
  readonly limit: number | undefined;
  readonly token: string | undefined;
}

export const PAGE_SIZE = 60;

const encode = (name: string) => Buffer.from(name).toString('base64url');

/** Throws InvalidParameterException for a token that names no item of the list. */
export const pageOf = <T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  { limit, token }: PageRequest,
): Page<T> => {
  const start = token === undefined ? 0 : items.findIndex((item) => encode(nameOf(item)) === token);
  if (start === -1) throw invalidParameter('Invalid pagination token.');
  const end = start + (limit || PAGE_SIZE);
  const next = items[end];
  return { items: items.slice(start, end), next: next === undefined ? undefined : encode(nameOf(next)) };
};
