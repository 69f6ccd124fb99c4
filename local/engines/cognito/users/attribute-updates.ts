/**
 * Says which changes of a user's attributes are accepted: from an administrator, and from the user through a client. A new
 * address that Cognito would first mail a code to is refused, because there are no such mails here.
 */
import { invalidParameter, notImplemented, unauthorizedAttribute } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';
import { type Attributes, acceptAttributes, isKnownAttribute, mayWrite } from './attributes.ts';

const VERIFIABLE = ['email', 'phone_number'];

const refuseImmutable = (pool: UserPool, names: readonly string[]): void => {
  const immutable = names.find((name) => pool.immutableAttributes.has(name));
  if (immutable !== undefined) throw invalidParameter(`user.${immutable}: Attribute cannot be updated.`);
};

/** AWS says so before it looks at what the client may write; its words are known from UpdateUserAttributes. */
const refuseUnknown = (pool: UserPool, names: readonly string[]): void => {
  for (const name of names) {
    if (name === 'sub') throw invalidParameter('Cannot modify the non-mutable attribute sub');
    if (isKnownAttribute(pool, name)) continue;
    throw invalidParameter(`user.${name}: Attribute does not exist in the schema.\n`);
  }
};

const refuseUnauthorized = (client: Client, names: readonly string[]): void => {
  if (!names.every((name) => mayWrite(client, name))) throw unauthorizedAttribute();
};

/** AWS documents that a required attribute must have a value, and not what it says of one that would lose it. */
const refuseMissing = (pool: UserPool, names: readonly string[]): void => {
  const required = [...pool.requiredAttributes, ...(pool.signsInWithEmail ? ['email'] : [])];
  const missing = names.find((name) => required.includes(name));
  if (missing === undefined) return;
  throw invalidParameter(`Attributes did not conform to the schema: ${missing}: The attribute is required`);
};

/** `how` says how the change can be made all the same. */
const refuseUnverified = (
  names: readonly string[],
  given: Attributes,
  present: Attributes,
  how: (name: string) => string,
): void => {
  for (const name of names) {
    const isNew = given[name] !== undefined && given[name] !== '' && given[name] !== present[name];
    if (isNew && given[`${name}_verified`] !== 'true') {
      throw notImplemented(`The mail that verifies a new ${name} (${how(name)})`);
    }
  }
};

/**
 * Returns the change of AdminUpdateUserAttributes, which may say that an address is verified. Throws InvalidParameterException.
 */
export const acceptAdminUpdate = (pool: UserPool, given: Attributes, present: Attributes): Attributes => {
  acceptAttributes(pool, given);
  refuseImmutable(pool, Object.keys(given));
  refuseUnverified(pool.verifiedBeforeUpdate, given, present, (name) => `give ${name}_verified=true as well`);
  return given;
};

/**
 * Returns the change of UpdateUserAttributes; an empty value deletes. Throws NotAuthorizedException for what the client may not
 * write, InvalidParameterException for what the pool does not take.
 */
export const acceptOwnUpdate = (
  pool: UserPool,
  client: Client,
  given: Attributes,
  present: Attributes,
): Attributes => {
  const names = Object.keys(given);
  refuseUnknown(pool, names);
  refuseUnauthorized(client, names);
  acceptAttributes(pool, given);
  refuseImmutable(pool, names);
  refuseMissing(
    pool,
    names.filter((name) => given[name] === ''),
  );
  const verified = VERIFIABLE.filter(
    (name) => pool.verifiedBeforeUpdate.includes(name) || pool.autoVerified.includes(name),
  );
  refuseUnverified(
    verified,
    given,
    present,
    (name) => `set it by AdminUpdateUserAttributes with ${name}_verified=true`,
  );
  return given;
};

/** Returns the change that deletes the attributes. `client` is undefined for an administrator, who may write all. */
export const acceptDeletion = (
  pool: UserPool,
  client: Client | undefined,
  names: readonly string[],
): Attributes => {
  refuseUnknown(pool, names);
  if (client !== undefined) refuseUnauthorized(client, names);
  refuseImmutable(pool, names);
  refuseMissing(pool, names);
  // Whether an address is verified is known of that address alone.
  const flags = names.filter((name) => VERIFIABLE.includes(name)).map((name) => `${name}_verified`);
  return Object.fromEntries([...names, ...flags].map((name) => [name, '']));
};
