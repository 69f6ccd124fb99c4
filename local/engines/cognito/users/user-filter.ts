/** Reads the filters of ListUsers: `attribute = "value"` and `attribute ^= "prefix"`. */
import { invalidParameter } from '../errors.ts';
import type { StoredUser } from './users.ts';

const SEARCHABLE = new Set(
  `username email phone_number name given_name family_name preferred_username cognito:user_status status sub`.split(
    ' ',
  ),
);
// The value is in double quotes; a backslash escapes a quote or a backslash in it.
const FILTER = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

const searched = (user: StoredUser, name: string): string | undefined => {
  if (name === 'username') return user.username;
  if (name === 'cognito:user_status') return user.status;
  if (name === 'status') return user.enabled ? 'Enabled' : 'Disabled';
  return user.attributes[name];
};

/** Throws InvalidParameterException for an invalid filter, or for an attribute that cannot be searched. */
export const parseUserFilter = (filter: string): ((user: StoredUser) => boolean) => {
  if (filter === '') return () => true;
  const [, name = '', operator, quoted = ''] = FILTER.exec(filter) ?? [];
  if (operator === undefined) throw invalidParameter('Error while parsing filter.');
  if (!SEARCHABLE.has(name)) throw invalidParameter(`Invalid search attribute: ${name}`);

  const wanted = quoted.replace(/\\(.)/g, '$1').toLowerCase();
  return (user) => {
    const value = searched(user, name)?.toLowerCase();
    return operator === '=' ? value === wanted : (value?.startsWith(wanted) ?? false);
  };
};
