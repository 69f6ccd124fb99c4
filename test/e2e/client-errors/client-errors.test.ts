import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestSystem, stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';
import { ERROR_CASES, NAMED_USER_CASES, NOT_PLAYED } from './error-cases.ts';
import { ERROR_ROWS } from './error-table.ts';
import { withNamedUsers } from './named-users.ts';

const namedUsers = withNamedUsers(inject('templateFolder'));
afterAll(() => rmSync(namedUsers, { recursive: true }));

describe('the errors that docs/client.md lists', () => {
  it('are those that are played here, and those of which it is said why they cannot be', () => {
    const known = [...ERROR_CASES.keys(), ...NAMED_USER_CASES.keys(), ...NOT_PLAYED.keys()];

    expect(ERROR_ROWS.map(({ key }) => key).toSorted()).toEqual(known.toSorted());
  });

  describe.each([
    ['the stack', ERROR_CASES, {}],
    ['a pool with user names', NAMED_USER_CASES, { templateFolder: namedUsers }],
  ])('reach the clients of %s', (_, cases, options) => {
    let system: TestSystem;
    beforeAll(async () => {
      system = await startTestSystem(options);
    });
    afterAll(() => stopTestSystem(system));

    it.each(ERROR_ROWS.filter(({ key }) => cases.has(key)))('$key', async ({ key, name, message }) => {
      const result = cases.get(key)?.(system);

      await expect(result).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    });
  });
});
