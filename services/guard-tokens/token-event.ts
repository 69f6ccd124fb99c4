/** Cognito's pre token generation event, in each version: what the tokens are for. */
import type {
  PreTokenGenerationTriggerEvent,
  PreTokenGenerationV2TriggerEvent,
  PreTokenGenerationV3TriggerEvent,
} from 'aws-lambda';

/** `V1_0`, `V2_0` or `V3_0`, as the pool is set. */
export type TokenEvent =
  | PreTokenGenerationTriggerEvent
  | PreTokenGenerationV2TriggerEvent
  | PreTokenGenerationV3TriggerEvent;

/**
 * `machine`: an app for itself, without a user. `other`: managed login, a device, or anything that Cognito may add. None of
 * them asks for a code. `unknown`: no tokens may ever be given for the event, since it cannot be answered or is none of Cognito's.
 */
export type TokenSource = 'signIn' | 'refresh' | 'machine' | 'other' | 'unknown';

const SOURCES: ReadonlyMap<unknown, TokenSource> = new Map<unknown, TokenSource>([
  ['TokenGeneration_Authentication', 'signIn'],
  ['TokenGeneration_NewPasswordChallenge', 'signIn'],
  ['TokenGeneration_RefreshTokens', 'refresh'],
  ['TokenGeneration_ClientCredentials', 'machine'],
]);

const VERSIONS: readonly unknown[] = ['1', '2', '3'];

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Some languages write null for what is missing. */
const isNone = (value: unknown): boolean => (value ?? undefined) === undefined;

/**
 * Only the third version is sent for machines. With anything of a user in it, it would be a way to that user's tokens. What
 * its `userName` is AWS does not say, so nothing rests on it.
 */
const isForMachine = (version: string, { userAttributes }: Fields): boolean =>
  version === '3' &&
  (isNone(userAttributes) || (isFields(userAttributes) && Object.values(userAttributes).every(isNone)));

/** Reads what the tokens are for from Cognito's name for it; `unknown` if the event's version is not known here. */
export const readTokenSource = (event: TokenEvent): TokenSource => {
  const request: unknown = event.request;
  if (!VERSIONS.includes(event.version) || !isFields(request)) return 'unknown';
  const source = SOURCES.get(event.triggerSource) ?? 'other';
  return source === 'machine' && !isForMachine(event.version, request) ? 'unknown' : source;
};
