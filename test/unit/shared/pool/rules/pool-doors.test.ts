import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../../shared/pool/json.ts';
import { PLACES } from '../../../../../shared/pool/places.ts';
import { type Door, doorsOf } from '../../../../../shared/pool/rules/doors.ts';
import { POOL_DOORS } from '../../../../../shared/pool/rules/pool-doors.ts';
import { aPool, aState, attachedTo, aWish, OTHER, TRIGGERS } from '../../../../support/pools/pools.ts';

const doors = (pool: Json, mfa: Json = {}): readonly Door[] =>
  doorsOf(aState({ pool: aPool(pool), mfa }), aWish());

const RECOVERY_BY = (...names: readonly string[]) => ({
  AccountRecoverySetting: { RecoveryMechanisms: names.map((Name) => ({ Name })) },
});
const VERIFIES = (...names: readonly string[]) => ({
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: names },
});
const FIRST = (...AllowedFirstAuthFactors: readonly string[]) => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
});
const NO_EMAIL: Json = { UsernameAttributes: ['phone_number'], SchemaAttributes: [] };
const PASSKEYS = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } };

test('a pool without doors has none, with or without our functions', () => {
  expect(doors({})).toEqual([]);
  expect(doors({ LambdaConfig: attachedTo(TRIGGERS, 'V2_0') })).toEqual([]);
});

describe('an open door is named', () => {
  test.each<[string, Json, Json]>([
    ['devices', { DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } }, {}],
    ['mfa', { MfaConfiguration: 'ON' }, {}],
    ['mfa', { MfaConfiguration: 'OPTIONAL' }, {}],
    ['first-factors', FIRST('PASSWORD', 'WEB_AUTHN'), {}],
    ['first-factors', FIRST('EMAIL_OTP'), {}],
    ['recovery', RECOVERY_BY('verified_email'), {}],
    ['recovery', RECOVERY_BY('admin_only', 'verified_email'), {}],
    ['recovery', { AccountRecoverySetting: undefined }, {}],
    ['recovery', RECOVERY_BY(), {}],
    ['migration', { LambdaConfig: { UserMigration: OTHER } }, {}],
    ['unverified-email', VERIFIES('phone_number'), {}],
    ['unverified-email', { UserAttributeUpdateSettings: undefined }, {}],
    ['aliases', NO_EMAIL, {}],
    ['aliases', { UsernameAttributes: undefined }, {}],
    ['deletion-protection', { DeletionProtection: 'INACTIVE' }, {}],
    ['deletion-protection', { DeletionProtection: undefined }, {}],
  ])('%s, in a pool with %j', (id, pool, mfa) => {
    expect(doors(pool, mfa)).toMatchObject([{ id, at: 'pool' }]);
  });

  test('passkey-mfa, beside mfa', () => {
    expect(doors({ MfaConfiguration: 'OPTIONAL' }, PASSKEYS).map(({ id }) => id)).toEqual([
      'mfa',
      'passkey-mfa',
    ]);
  });

  test('in one list with the ids of all others', () => {
    const named = ['devices', 'mfa', 'passkey-mfa', 'first-factors', 'recovery', 'migration'];

    expect(POOL_DOORS).toEqual([...named, 'unverified-email', 'aliases', 'deletion-protection']);
  });
});

describe('no door is', () => {
  test.each<[string, Json, Json]>([
    ['recovery by telephone', RECOVERY_BY('verified_phone_number'), {}],
    ['the password as the first factor', FIRST('PASSWORD'), {}],
    ['passkeys while there is no second factor', { MfaConfiguration: 'OFF' }, PASSKEYS],
    ['no word of second factors', { MfaConfiguration: undefined }, {}],
    [
      'an alias that is an address',
      { ...NO_EMAIL, UsernameAttributes: undefined, AliasAttributes: ['email'] },
      {},
    ],
    [
      'an address that is required',
      { ...NO_EMAIL, SchemaAttributes: [{ Name: 'email', Required: true }] },
      {},
    ],
    ['an empty word of devices', { DeviceConfiguration: {} }, {}],
    ['a trigger beside our places', { LambdaConfig: { PreSignUp: OTHER } }, {}],
  ])('%s', (_, pool, mfa) => {
    expect(doors(pool, mfa)).toEqual([]);
  });
});

describe('attach refuses while they are open', () => {
  test.each<[Json, Json, readonly boolean[]]>([
    [{ DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } }, {}, [true]],
    [{ MfaConfiguration: 'ON' }, {}, [true]],
    [{ MfaConfiguration: 'OPTIONAL' }, {}, [false]],
    [{ MfaConfiguration: 'OPTIONAL' }, PASSKEYS, [false, true]],
    [FIRST('EMAIL_OTP'), {}, [true]],
    [RECOVERY_BY('verified_email'), {}, [true]],
    [{ LambdaConfig: { UserMigration: OTHER } }, {}, [false]],
    [VERIFIES(), {}, [false]],
    [NO_EMAIL, {}, [false]],
    [{ DeletionProtection: 'INACTIVE' }, {}, [false]],
  ])('%j %j: %j', (pool, mfa, blocks) => {
    expect(doors(pool, mfa).map((door) => door.blocks)).toEqual(blocks);
  });
});

describe('what closes a door', () => {
  test.each<[Json, string, unknown]>([
    [{ DeviceConfiguration: { A: true } }, 'DeviceConfiguration', undefined],
    [{ MfaConfiguration: 'ON' }, 'MfaConfiguration', 'OFF'],
    [FIRST('EMAIL_OTP', 'PASSWORD'), 'Policies.SignInPolicy.AllowedFirstAuthFactors', ['PASSWORD']],
    [
      RECOVERY_BY('verified_email'),
      'AccountRecoverySetting',
      { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    ],
    [
      VERIFIES('phone_number'),
      'UserAttributeUpdateSettings',
      { AttributesRequireVerificationBeforeUpdate: ['phone_number', 'email'] },
    ],
    [{ DeletionProtection: 'INACTIVE' }, 'DeletionProtection', 'ACTIVE'],
  ])('%j', (pool, property, after) => {
    const [door] = doors(pool);

    expect(door?.closes).toMatchObject([{ at: 'pool', property }]);
    expect(door?.closes?.[0]?.after).toEqual(after);
    expect(door?.remedy).toContain(`--close ${door?.id}`);
  });

  test.each<[string, Json]>([
    ['migration', { LambdaConfig: { UserMigration: OTHER } }],
    ['aliases', NO_EMAIL],
    ['unverified-email', { ...VERIFIES(), AutoVerifiedAttributes: ['phone_number'] }],
  ])('is nothing that attach can do, for %s', (_, pool) => {
    const [door] = doors(pool);

    expect(door).not.toHaveProperty('closes');
    expect(door?.remedy).not.toContain('--close');
  });
});

describe('a place that is taken', () => {
  test.each(PLACES.map((place) => [place]))('%s is a door, with the function that has it', (place) => {
    const [door] = doors({ LambdaConfig: { [place]: OTHER } });

    expect(door).toMatchObject({ id: `taken:${place}`, blocks: true });
    expect(door?.harm).toContain(OTHER);
    expect(door?.remedy).toContain(`--replace ${place}`);
    expect(door?.closes?.[0]).toMatchObject({ before: OTHER, after: TRIGGERS[place] });
  });

  test('is told from ours by either name of the pre token generation', () => {
    const PreTokenGenerationConfig = { LambdaArn: OTHER, LambdaVersion: 'V2_0' };

    expect(doors({ LambdaConfig: { PreTokenGenerationConfig } })).toMatchObject([
      { id: 'taken:PreTokenGeneration', remedy: expect.stringContaining('as preTokenGeneration') },
    ]);
    expect(
      doors({ LambdaConfig: { ...attachedTo(TRIGGERS), PreTokenGenerationConfig } }).map(({ id }) => id),
    ).toEqual(['taken:PreTokenGeneration']);
  });

  test('is not taken by a function that was ours', () => {
    const state = aState({ pool: aPool({ LambdaConfig: { DefineAuthChallenge: OTHER } }) });

    expect(doorsOf(state, aWish({ former: [OTHER] }))).toEqual([]);
  });
});
