/** ListUserPools: those of the template, in its order, then those of the API. Each has what DescribeUserPool says of it, as far as lists have it. */
import type { Operation } from '../../../../../ground/service.ts';
import { integer, readInput, required, text } from '../../../input.ts';
import { PAGE_SIZE, pageOf } from '../../../paging.ts';
import type { Directory } from '../../../users/directory.ts';
import { nameOfPool, triggersOf } from './describe-user-pool.ts';

const schema = { MaxResults: required(integer({ min: 1, max: PAGE_SIZE })), NextToken: text({ min: 1 }) };

export const createListUserPools =
  (directory: Directory): Operation =>
  (input) => {
    const { MaxResults: limit, NextToken: token } = readInput(input, schema);
    const { items, next } = pageOf(directory.all(), ({ id }) => id, { limit, token });
    const named = items.map((pool) => ({
      Id: pool.id,
      Name: nameOfPool(pool),
      LambdaConfig: triggersOf(pool),
      CreationDate: pool.createdAt / 1000,
      LastModifiedDate: pool.modifiedAt / 1000,
    }));
    return { UserPools: named, NextToken: next };
  };
