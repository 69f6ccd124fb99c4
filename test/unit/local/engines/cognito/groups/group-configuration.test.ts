import { describe, expect, test } from 'vitest';
import {
  groupClaims,
  groupConfigurationOf,
} from '../../../../../../local/engines/cognito/groups/group-configuration.ts';
import type { GroupSettings } from '../../../../../../local/engines/cognito/groups/group-definitions.ts';

const ADMIN = 'arn:aws:iam::123456789012:role/admin';
const STAFF = 'arn:aws:iam::123456789012:role/staff';

const configurationOf = (...groups: readonly GroupSettings[]) =>
  groupConfigurationOf(
    groups.map((settings, index) => ({
      poolId: 'eu-central-1_Abc',
      name: `group-${index}`,
      settings,
      origin: 'administrator' as const,
      createdAt: 0,
      modifiedAt: 0,
    })),
  );

describe('the preferred role', () => {
  test.each<[string, readonly GroupSettings[], string | null]>([
    [
      'is that of the group with the lowest value',
      [{ precedence: 0, roleArn: ADMIN }, { roleArn: STAFF }],
      ADMIN,
    ],
    ['may come from a group without a value', [{ roleArn: STAFF }], STAFF],
    ['comes from a group that has a role', [{ precedence: 0 }, { precedence: 5, roleArn: STAFF }], STAFF],
    [
      'is there if groups of the same value have the same role',
      [
        { precedence: 1, roleArn: STAFF },
        { precedence: 1, roleArn: STAFF },
      ],
      STAFF,
    ],
    [
      'is missing if groups of the same value have different roles',
      [
        { precedence: 1, roleArn: STAFF },
        { precedence: 1, roleArn: ADMIN },
      ],
      null,
    ],
    ['is missing without a role', [{ precedence: 1 }], null],
    ['is missing without groups', [], null],
  ])('%s', (_, groups, expected) => {
    expect(configurationOf(...groups).preferredRole).toBe(expected);
  });
});

test('the claims name each role once, and leave out what would be empty', () => {
  const several = configurationOf({ roleArn: STAFF }, { roleArn: STAFF }, {});

  expect(groupClaims(several)).toEqual({
    'cognito:groups': ['group-0', 'group-1', 'group-2'],
    'cognito:roles': [STAFF],
    'cognito:preferred_role': STAFF,
  });
  expect(groupClaims(configurationOf())).toEqual({});
});
