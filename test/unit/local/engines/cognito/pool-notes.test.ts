import { expect, test } from 'vitest';
import { leftOutOfPool } from '../../../../../local/engines/cognito/pool-notes.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';

test.each<[JsonObject, RegExp]>([
  [{ AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } }, /^lets people sign up .*--users/],
  [{ AdminCreateUserConfig: { InviteMessageTemplate: {} } }, /^has invitations of its own/],
  [{ UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }, /^has threat protection .*ENFORCED/],
])('a pool with %j is told what is left out', (properties, words) => {
  expect(leftOutOfPool(properties)).toEqual([expect.stringMatching(words)]);
});

test.each<[string, JsonObject]>([
  ['says nothing', {}],
  ['asks for nothing of it', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }],
  ['has it off', { UserPoolAddOns: { AdvancedSecurityMode: 'OFF' } }],
])('a pool that %s is told nothing', (_, properties) => {
  expect(leftOutOfPool(properties)).toEqual([]);
});
