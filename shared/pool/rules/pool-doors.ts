/** The doors of the pool itself. */
import { changesTo, type PoolChange } from '../changes.ts';
import { type Json, jsonObject, jsonTexts } from '../json.ts';
import { functionsAt, PLACES, placeProperties, type TriggerPlace } from '../places.ts';
import type { PoolState } from '../pool-state.ts';
import type { Door, DoorContext } from './doors.ts';

interface Rule {
  readonly id: string;
  readonly isOpen: (pool: Json, mfa: Json) => boolean;
  readonly harm: string;
  /** What closing does, or what else closes it. */
  readonly remedy: string;
  /** The values that close it; undefined if attach cannot. */
  readonly closes?: (pool: Json) => Json | undefined;
  readonly blocks?: (pool: Json) => boolean;
}

const ALWAYS = () => true;

const mfaOf = ({ MfaConfiguration = 'OFF' }: Json): unknown => MfaConfiguration;

/** The harm of a pool without deletion protection, to whoever attaches it or looks at it later. */
export const UNPROTECTED = 'Anybody who may delete the pool can do so in one call, with all users.';

/** Recovery through the mailbox is also Cognito's default. */
const recoversByEmail = ({ AccountRecoverySetting }: Json): boolean => {
  const { RecoveryMechanisms } = jsonObject(AccountRecoverySetting);
  if (!Array.isArray(RecoveryMechanisms) || RecoveryMechanisms.length === 0) return true;
  const names = RecoveryMechanisms.map((one) => String(jsonObject(one).Name));
  return !names.every((name) => name === 'admin_only' || name === 'verified_phone_number');
};

const firstFactors = ({ Policies }: Json): readonly string[] =>
  jsonTexts(jsonObject(jsonObject(Policies).SignInPolicy).AllowedFirstAuthFactors);

const verifiedBefore = ({ UserAttributeUpdateSettings }: Json): readonly string[] =>
  jsonTexts(jsonObject(UserAttributeUpdateSettings).AttributesRequireVerificationBeforeUpdate);

/** Cognito verifies an address before it is changed only if it verifies addresses at all. */
const verifyEmail = (pool: Json): Json | undefined => {
  if (!jsonTexts(pool.AutoVerifiedAttributes).includes('email')) return undefined;
  const AttributesRequireVerificationBeforeUpdate = [...verifiedBefore(pool), 'email'];
  return { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate } };
};

const needsEmail = ({ UsernameAttributes, AliasAttributes, SchemaAttributes }: Json): boolean =>
  [...jsonTexts(UsernameAttributes), ...jsonTexts(AliasAttributes)].includes('email') ||
  (Array.isArray(SchemaAttributes) &&
    SchemaAttributes.map(jsonObject).some(({ Name, Required }) => Name === 'email' && Required === true));

const RULES: readonly Rule[] = [
  {
    id: 'devices',
    isOpen: ({ DeviceConfiguration }) => Object.keys(jsonObject(DeviceConfiguration)).length > 0,
    harm:
      'The pool remembers devices, and asks a remembered one for its own proof. A sign-in with a code has no such step, so it ' +
      'fails.',
    remedy: 'removes DeviceConfiguration',
    closes: () => ({ DeviceConfiguration: undefined }),
    blocks: ALWAYS,
  },
  {
    id: 'mfa',
    isOpen: (pool) => mfaOf(pool) !== 'OFF',
    harm:
      'The pool has a second factor of its own. Users who have set one up are asked twice; if it is required, users without ' +
      'one cannot sign in.',
    remedy: 'sets MfaConfiguration to OFF',
    closes: () => ({ MfaConfiguration: 'OFF' }),
    blocks: (pool) => mfaOf(pool) !== 'OPTIONAL',
  },
  {
    id: 'passkey-mfa',
    isOpen: (pool, { WebAuthnConfiguration }) => {
      const { FactorConfiguration = 'SINGLE_FACTOR' } = jsonObject(WebAuthnConfiguration);
      return mfaOf(pool) !== 'OFF' && FactorConfiguration !== 'SINGLE_FACTOR';
    },
    harm: 'The pool takes a passkey as a second factor. A sign-in with a code has no such step, so it fails.',
    remedy: 'sets MfaConfiguration to OFF',
    closes: () => ({ MfaConfiguration: 'OFF' }),
    blocks: ALWAYS,
  },
  {
    id: 'first-factors',
    isOpen: (pool) => firstFactors(pool).some((factor) => factor !== 'PASSWORD'),
    harm:
      'The pool lets users begin with a passkey or a code of its own in place of the password. guard-tokens refuses tokens for ' +
      'all of them.',
    remedy: 'sets Policies.SignInPolicy.AllowedFirstAuthFactors to PASSWORD',
    closes: () => ({ 'Policies.SignInPolicy.AllowedFirstAuthFactors': ['PASSWORD'] }),
    blocks: ALWAYS,
  },
  {
    id: 'recovery',
    isOpen: recoversByEmail,
    harm: 'Whoever reads the mailbox can replace the password, and the codes go there too, so the mailbox alone would do.',
    remedy: 'sets AccountRecoverySetting to admin_only',
    closes: () => ({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    }),
    blocks: ALWAYS,
  },
  {
    id: 'migration',
    isOpen: ({ LambdaConfig }) => jsonObject(LambdaConfig).UserMigration !== undefined,
    harm:
      'The pool has a user migration trigger. Cognito calls it only with a password in clear, which a sign-in with a code never ' +
      'sends, so users cannot sign in before they are moved.',
    remedy: 'Move the users by an import or AdminCreateUser, then remove LambdaConfig.UserMigration.',
  },
  {
    id: 'unverified-email',
    isOpen: (pool) => !verifiedBefore(pool).includes('email'),
    harm: 'Codes go to a changed address before anybody has shown that they can read mail there.',
    remedy: 'sets UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate to email',
    closes: verifyEmail,
  },
  {
    id: 'aliases',
    isOpen: (pool) => !needsEmail(pool),
    harm: 'Users of the pool need no email address; those without one get no code.',
    remedy: 'Give every user an address. What a pool requires of its users is fixed when it is made.',
  },
  {
    id: 'deletion-protection',
    isOpen: ({ DeletionProtection }) => DeletionProtection !== 'ACTIVE',
    harm: UNPROTECTED,
    remedy: 'sets DeletionProtection to ACTIVE',
    closes: () => ({ DeletionProtection: 'ACTIVE' }),
  },
];

const remedyOf = ({ id, remedy }: Rule, canClose: boolean, blocks: boolean): string => {
  if (id === 'unverified-email' && !canClose) {
    return 'Let the pool verify addresses first: AutoVerifiedAttributes with email.';
  }
  const closing = canClose ? `attach --close ${id} ${remedy}.` : remedy;
  return blocks ? `${closing} Or accept it: --accept ${id}, or accept in existingPool.` : closing;
};

const ruleDoors = ({ pool: { properties }, mfa }: PoolState): readonly Door[] =>
  RULES.filter(({ isOpen }) => isOpen(properties, mfa)).map((rule) => {
    const values = rule.closes?.(properties);
    const blocks = rule.blocks?.(properties) === true;
    return {
      id: rule.id,
      at: 'pool',
      harm: rule.harm,
      remedy: remedyOf(rule, values !== undefined, blocks),
      ...(values === undefined ? {} : { closes: changesTo('pool', properties, values) }),
      blocks,
    };
  });

/** What puts our function in a place. */
export const placeChanges = (
  place: TriggerPlace,
  pool: Json,
  { triggers, eventVersion }: DoorContext,
): readonly PoolChange[] => changesTo('pool', pool, placeProperties(place, triggers, eventVersion));

const takenDoor = (place: TriggerPlace, pool: Json, context: DoorContext): readonly Door[] => {
  const ours = [context.triggers[place], ...(context.former ?? [])];
  const others = functionsAt(place, pool).filter((arn) => !ours.includes(arn));
  if (others.length === 0) return [];
  const replace = `attach --replace ${place} puts ours there (replaceTriggers in existingPool), and detach puts it back.`;
  return [
    {
      id: `taken:${place}`,
      at: 'pool',
      harm: `Another function is the pool's ${place}: ${others.join(', ')}. Ours cannot stand beside it.`,
      remedy:
        place === 'PreTokenGeneration'
          ? `Give it to EmailOtp as preTokenGeneration, and guard-tokens calls it. Then ${replace}`
          : replace,
      closes: placeChanges(place, pool, context),
      blocks: true,
    },
  ];
};

export const doorsOfPool = (state: PoolState, context: DoorContext): readonly Door[] => [
  ...PLACES.flatMap((place) => takenDoor(place, state.pool.properties, context)),
  ...ruleDoors(state),
];

/** The ids that any pool may have, whether the door is open or not. */
export const POOL_DOORS: readonly string[] = RULES.map(({ id }) => id);
