import { beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../../local/ground/service.ts';
import { awsError, createFixture, POOL_ID } from '../../fixture.ts';

interface Page {
  readonly Users: readonly {
    readonly Attributes: readonly { readonly Name: string; readonly Value: string }[];
  }[];
  readonly PaginationToken?: string;
}

let fixture: ReturnType<typeof createFixture>;
const list = async (input: JsonObject = {}) =>
  (await fixture.call('ListUsers', { UserPoolId: POOL_ID, ...input })) as unknown as Page;
const emails = ({ Users }: Page) =>
  Users.map(({ Attributes }) => Attributes.find(({ Name }) => Name === 'email')?.Value.split('@')[0]);

beforeEach(async () => {
  fixture = createFixture();
  for (const name of ['ada', 'ben', 'bea']) {
    await fixture.call('AdminCreateUser', { UserPoolId: POOL_ID, Username: `${name}@example.com` });
  }
  await fixture.call('AdminSetUserPassword', {
    UserPoolId: POOL_ID,
    Username: 'ben@example.com',
    Password: 'Correct-Horse-7',
    Permanent: true,
  });
});

test('ListUsers lists in order of creation, page by page', async () => {
  const first = await list({ Limit: 2 });
  const second = await list({ Limit: 2, PaginationToken: first.PaginationToken });

  expect(emails(first)).toEqual(['ada', 'ben']);
  expect(emails(second)).toEqual(['bea']);
  expect(second).not.toHaveProperty('PaginationToken');
});

test.each([
  ['email = "ben@example.com"', ['ben']],
  ['"email" = "BEN@example.com"', ['ben']],
  ['email ^= "be"', ['ben', 'bea']],
  ['cognito:user_status = "CONFIRMED"', ['ben']],
  ['status = "Enabled"', ['ada', 'ben', 'bea']],
  ['status = "Disabled"', []],
  ['name = "Ada"', []],
  ['email = "a\\"b"', []],
])('ListUsers filters by %s', async (Filter, found) => {
  expect(emails(await list({ Filter }))).toEqual(found);
});

test('ListUsers returns only the attributes asked for', async () => {
  const { Users } = await list({ AttributesToGet: ['email'], Limit: 1 });

  expect(Users[0]?.Attributes).toEqual([{ Name: 'email', Value: 'ada@example.com' }]);
});

test.each([
  [{ Filter: 'email' }, 'Error while parsing filter.'],
  [{ Filter: 'picture = "x"' }, 'Invalid search attribute: picture'],
  [{ AttributesToGet: ['rank'] }, 'One or more requested attributes do not exist.'],
  [{ PaginationToken: 'AAAA' }, 'Invalid pagination token.'],
  [{ Limit: 61 }, /^1 validation error detected: Value at 'limit'/],
])('ListUsers refuses %j', async (input, message) => {
  await expect(list(input)).rejects.toMatchObject(awsError('InvalidParameterException', message));
});
