/** Checks user attributes, and writes them in the forms for the API, the triggers and clients. */
import type { JsonObject } from '../../../ground/service.ts';
import { invalidParameter, notAuthorized } from '../errors.ts';
import type { TextMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import type { StoredUser } from './users.ts';

export type Attributes = TextMap;

const STANDARD = new Set(
  `address birthdate email email_verified family_name gender given_name locale middle_name name nickname
   phone_number phone_number_verified picture preferred_username profile updated_at website zoneinfo`.split(
    /\s+/,
  ),
);

/** Checks the form roughly, as AWS does: some text, an at sign, and a domain with a dot. */
export const isEmail = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value);

export const isKnownAttribute = (pool: UserPool, name: string): boolean =>
  name === 'sub' || STANDARD.has(name) || pool.customAttributes.has(name);

/** Throws InvalidParameterException for an attribute that the pool does not have or that cannot be set. */
export const acceptAttributes = (pool: UserPool, attributes: Attributes): Attributes => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'sub') throw invalidParameter('Cannot modify the non-mutable attribute sub');
    if (!isKnownAttribute(pool, name)) {
      const reason = `${name}: Attribute does not exist in the schema.`;
      throw invalidParameter(`Attributes did not conform to the schema: ${reason}`);
    }
    const isRemoved = value === '' && !pool.signsInWithEmail;
    if (name === 'email' && !isRemoved && !isEmail(value))
      throw invalidParameter('Invalid email address format.');
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

/** `acceptAttributes` for those that a user sets through a client, which cannot change the sign-in address. */
export const acceptOwnAttributes = (pool: UserPool, client: Client, attributes: Attributes): Attributes => {
  for (const name of Object.keys(attributes)) {
    if (pool.signsInWithEmail && name === 'email') {
      throw notAuthorized('Cannot modify an already provided email');
    }
    if (client.writeAttributes?.has(name) === false || name.endsWith('_verified')) {
      throw notAuthorized('A client attempted to write unauthorized attribute');
    }
  }
  return acceptAttributes(pool, attributes);
};

export const toPairs = (attributes: Attributes): readonly JsonObject[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** Returns the attributes that the client's ReadAttributes allow. */
export const readableAttributes = ({ readAttributes }: Client, attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name === 'sub' || (readAttributes?.has(name) ?? true)),
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
