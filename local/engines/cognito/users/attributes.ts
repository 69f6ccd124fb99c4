/** Checks user attributes, and writes them in the forms for the API, the triggers and clients. */
import type { JsonObject } from '../../../ground/service.ts';
import { invalidParameter, notAuthorized, unauthorizedAttribute } from '../errors.ts';
import type { TextMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import type { StoredUser } from './users.ts';
import { lengthProblem } from './value-constraints.ts';

export type Attributes = TextMap;

export const STANDARD_ATTRIBUTES: ReadonlySet<string> = new Set(
  `address birthdate email email_verified family_name gender given_name locale middle_name name nickname
   phone_number phone_number_verified picture preferred_username profile updated_at website zoneinfo`.split(
    /\s+/,
  ),
);

/** Whether an address or a number is the user's own. Attributes of the pool's own may have such names too. */
export const VERIFIED_FLAGS: readonly string[] = ['email_verified', 'phone_number_verified'];

/** Checks the form roughly, as AWS does: some text, an at sign, and a domain with a dot. */
export const isEmail = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value);

const birthdateProblem = (value: string): string | undefined => {
  const problem = lengthProblem(value, 10, 10);
  if (problem !== undefined) return problem;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? undefined : 'Value must be a date in the format YYYY-MM-DD';
};

const nonconforming = (name: string, reason: string | undefined): string | undefined =>
  reason === undefined ? undefined : `Attributes did not conform to the schema: ${name}: ${reason}`;

/**
 * Returns AWS's message for a value that is not in the form that it documents. Its words are known for addresses, phone
 * numbers and a birth date that is too short. It documents the other forms too, but not what it says; those words are ours.
 */
const valueProblem = (name: string, value: string): string | undefined => {
  switch (name) {
    case 'email':
      return isEmail(value) ? undefined : 'Invalid email address format.';
    case 'phone_number':
      return /^\+[1-9]\d{1,14}$/.test(value) ? undefined : 'Invalid phone number format.';
    case 'birthdate':
      return nonconforming(name, birthdateProblem(value));
    case 'updated_at':
      return nonconforming(name, /^\d+$/.test(value) ? undefined : 'Value must be a number');
    case 'email_verified':
    case 'phone_number_verified':
      return nonconforming(name, /^(true|false)$/.test(value) ? undefined : 'Value must be true or false');
    default:
      return undefined;
  }
};

export const isKnownAttribute = (pool: UserPool, name: string): boolean =>
  name === 'sub' || STANDARD_ATTRIBUTES.has(name) || pool.customAttributes.has(name);

/** Throws InvalidParameterException for an attribute that the pool does not have or that cannot be set to this value. */
export const acceptAttributes = (pool: UserPool, attributes: Attributes): Attributes => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'sub') throw invalidParameter('Cannot modify the non-mutable attribute sub');
    if (!isKnownAttribute(pool, name)) {
      const reason = `${name}: Attribute does not exist in the schema.`;
      throw invalidParameter(`Attributes did not conform to the schema: ${reason}`);
    }
    const isRemoved = value === '' && !(name === 'email' && pool.signsInWithEmail);
    const problem = isRemoved
      ? undefined
      : (valueProblem(name, value) ?? nonconforming(name, pool.valueConstraints.get(name)?.(value)));
    if (problem !== undefined) throw invalidParameter(problem);
  }
  return attributes;
};

/** An empty value stands for no attribute. */
export const withoutEmpty = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));

/** Returns the attributes after a change. A new address or number is not verified, unless the change says so. */
export const changeAttributes = (present: Attributes, change: Attributes): Attributes => {
  const isNew = (name: string) => change[name] !== undefined && change[name] !== present[name];
  return withoutEmpty({
    ...present,
    ...(isNew('email') ? { email_verified: 'false' } : {}),
    ...(isNew('phone_number') ? { phone_number_verified: 'false' } : {}),
    ...change,
  });
};

/** The required attributes that a user does not have yet: NEW_PASSWORD_REQUIRED asks for them. */
export const missingAttributes = (pool: UserPool, present: Attributes): readonly string[] =>
  pool.requiredAttributes.filter((name) => present[name] === undefined);

/**
 * `acceptAttributes` for those that a user sets through a client along with a new password. It cannot change the sign-in
 * address, nor what is immutable. AWS does not document whether it may set a missing one that is required and immutable;
 * here it may, because such a user could never sign in otherwise.
 */
export const acceptOwnAttributes = (
  pool: UserPool,
  client: Client,
  attributes: Attributes,
  present: Attributes,
): Attributes => {
  const askedFor = missingAttributes(pool, present);
  for (const name of Object.keys(attributes)) {
    // The SDK (RespondToAuthChallenge): a required attribute that has a value cannot be modified here.
    const isProvided = pool.requiredAttributes.includes(name) && present[name] !== undefined;
    if (isProvided || (pool.signsInWithEmail && name === 'email')) {
      throw notAuthorized(`Cannot modify an already provided ${name}`);
    }
    if (!mayWrite(client, name)) throw unauthorizedAttribute();
    if (pool.immutableAttributes.has(name) && !askedFor.includes(name)) {
      throw invalidParameter(`Cannot modify the non-mutable attribute ${name}`);
    }
  }
  return acceptAttributes(pool, attributes);
};

export const fromPairs = (pairs: readonly { readonly Name: string; readonly Value: string }[]): Attributes =>
  Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));

export const toPairs = (attributes: Attributes): readonly JsonObject[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** A client that lists no attributes has the standard ones, and none of the pool's own (`ReadAttributes`, `WriteAttributes`). */
const allows = (listed: ReadonlySet<string> | undefined, name: string): boolean =>
  listed?.has(name) ?? !name.startsWith('custom:');

/** Whether the client may set it for its user. What is verified, no client may say. */
export const mayWrite = ({ writeAttributes }: Client, name: string): boolean =>
  allows(writeAttributes, name) && !VERIFIED_FLAGS.includes(name);

/** Returns the attributes that the client's ReadAttributes allow. */
export const readableAttributes = ({ readAttributes }: Client, attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name === 'sub' || allows(readAttributes, name)),
  );

/** Returns the `userAttributes` of a trigger's event. */
export const triggerAttributes = ({ attributes, status }: StoredUser): Attributes => ({
  ...attributes,
  'cognito:user_status': status,
});

/** Returns a user as the API shows it, with times in epoch seconds. The name of the attributes' list depends on the operation. */
export const describeUser = (user: StoredUser, attributes: 'Attributes' | 'UserAttributes'): JsonObject => ({
  Username: user.username,
  [attributes]: toPairs(user.attributes),
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.modifiedAt / 1000,
  Enabled: user.enabled,
  UserStatus: user.status,
});
