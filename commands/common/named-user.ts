/** The user that the options name: by address or user name, which the pool is asked for, or by sub. */
import { usageError } from '../../shared/command/failure.ts';
import { bareText } from '../../shared/domain/answer.ts';

export type NamedUser =
  | { readonly kind: 'username'; readonly username: string }
  | { readonly kind: 'sub'; readonly userId: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The pattern that Cognito sets for user names. */
const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

const readSub = (text: string): string => {
  const sub = text.toLowerCase();
  if (UUID.test(sub)) return sub;
  throw usageError('--sub looks like 0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11; for an email address take --user');
};

/** Reads the options --user and --sub. Returns undefined if neither is given. Throws `CommandError`. */
export const readNamedUser = (user: string | undefined, sub: string | undefined): NamedUser | undefined => {
  if (user !== undefined && sub !== undefined) throw usageError('--user and --sub exclude each other');
  if (sub !== undefined) return { kind: 'sub', userId: readSub(sub) };
  if (user === undefined) return undefined;
  const username = bareText(user);
  if (!USERNAME.test(username)) throw usageError('--user takes an email address or a user name');
  return { kind: 'username', username };
};
