/** Writes what the tokens will say: the changes of the app's own function, and above them the claim that a code was given. */
import type { TokenEvent } from './token-event.ts';

/** A claim of the tokens: `verified` in those of the sign-in itself, `refreshed` in those that a refresh gave. */
export const CLAIM = 'email_otp';
export type ClaimValue = 'verified' | 'refreshed';

/** The app's own function returned something that is no response of this trigger. */
export class PreTokenFunctionInvalid extends Error {
  override readonly name = 'PreTokenFunctionInvalid';
}

type Fields = Readonly<Record<string, unknown>>;

/** What is missing or null is an empty object, because some languages write null for it. */
const fieldsOf = (value: unknown): Fields => {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new PreTokenFunctionInvalid();
  return value as Fields;
};

const namesOf = (value: unknown): readonly string[] => {
  if (value === undefined || value === null) return [];
  const isNames = Array.isArray(value) && value.every((name) => typeof name === 'string');
  if (!isNames) throw new PreTokenFunctionInvalid();
  return value;
};

/**
 * The changes, in the form of the event's version. Those of the other form alone would be lost, and with them what the app
 * suppresses: it expects events of another version. The event that it got may have ours as null.
 */
const detailsOf = ({ version }: TokenEvent, response: unknown): Fields => {
  const { claimsOverrideDetails: older, claimsAndScopeOverrideDetails: newer } = fieldsOf(response);
  const [own, other] = version === '1' ? [older, newer] : [newer, older];
  if ((own ?? undefined) === undefined && (other ?? undefined) !== undefined)
    throw new PreTokenFunctionInvalid();
  return fieldsOf(own);
};

/** The changes of one token. Without a value the claim stays out of it. */
const withClaim = (token: unknown, value: ClaimValue | undefined): Fields => {
  const { claimsToAddOrOverride, claimsToSuppress, ...others } = fieldsOf(token);
  const { [CLAIM]: _, ...claims } = fieldsOf(claimsToAddOrOverride);
  return {
    ...others,
    claimsToAddOrOverride: value === undefined ? claims : { ...claims, [CLAIM]: value },
    claimsToSuppress: namesOf(claimsToSuppress).filter((name) => name !== CLAIM),
  };
};

/**
 * The event with this response, in the form of the event's version, and with our claim in every token that this version can
 * change. Nothing in the response can set the claim or suppress it. Throws `PreTokenFunctionInvalid`.
 */
export const writeResponse = (
  event: TokenEvent,
  response: unknown,
  value: ClaimValue | undefined,
): object => {
  const details = detailsOf(event, response);
  if (event.version === '1')
    return { ...event, response: { claimsOverrideDetails: withClaim(details, value) } };
  const { idTokenGeneration, accessTokenGeneration, ...others } = details;
  return {
    ...event,
    response: {
      claimsAndScopeOverrideDetails: {
        ...others,
        idTokenGeneration: withClaim(idTokenGeneration, value),
        accessTokenGeneration: withClaim(accessTokenGeneration, value),
      },
    },
  };
};
