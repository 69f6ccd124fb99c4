/** ListUsers, in order of creation. */
import type { Operation } from '../../../../ground/service.ts';
import { invalidParameter } from '../../errors.ts';
import { integer, listOf, readInput, required, text, userPoolId } from '../../input.ts';
import { PAGE_SIZE, pageOf } from '../../paging.ts';
import { describeUser, isKnownAttribute } from '../../users/attributes.ts';
import type { Directory } from '../../users/directory.ts';
import { parseUserFilter } from '../../users/user-filter.ts';
import type { StoredUser, Users } from '../../users/users.ts';

const schema = {
  UserPoolId: userPoolId,
  AttributesToGet: listOf(required(text({ min: 1, max: 32 }))),
  Limit: integer({ min: 0, max: PAGE_SIZE }),
  PaginationToken: text({ min: 1, max: 8192 }),
  Filter: text({ max: 256 }),
};

const only = (user: StoredUser, names: readonly string[]): StoredUser => {
  if (names.length === 0) return user;
  const kept = Object.entries(user.attributes).filter(([name]) => names.includes(name));
  return { ...user, attributes: Object.fromEntries(kept) };
};

export const createListUsers =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, AttributesToGet, Limit, PaginationToken, Filter } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    if (!AttributesToGet.every((name) => isKnownAttribute(pool, name))) {
      throw invalidParameter('One or more requested attributes do not exist.');
    }

    const found = users.all(pool).filter(parseUserFilter(Filter ?? ''));
    const { items, next } = pageOf(found, ({ username }) => username, {
      limit: Limit,
      token: PaginationToken,
    });
    return {
      Users: items.map((user) => describeUser(only(user, AttributesToGet), 'Attributes')),
      PaginationToken: next,
    };
  };
