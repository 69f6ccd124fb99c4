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
 * them asks for a code.
 */
export type TokenSource = 'signIn' | 'refresh' | 'machine' | 'other';

const SOURCES: ReadonlyMap<unknown, TokenSource> = new Map<unknown, TokenSource>([
  ['TokenGeneration_Authentication', 'signIn'],
  ['TokenGeneration_NewPasswordChallenge', 'signIn'],
  ['TokenGeneration_RefreshTokens', 'refresh'],
  ['TokenGeneration_ClientCredentials', 'machine'],
]);

const VERSIONS: readonly unknown[] = ['1', '2', '3'];

/** Only the third version is sent for machines. With a user in it, it would be a way to that user's tokens. */
const isForMachine = ({ version, request }: TokenEvent): boolean =>
  version === '3' && (request.userAttributes?.sub ?? undefined) === undefined;

/** Reads what the tokens are for from Cognito's name for it; `other` if the name or the event's version is not known here. */
export const readTokenSource = (event: TokenEvent): TokenSource => {
  const source = VERSIONS.includes(event.version) ? SOURCES.get(event.triggerSource) : undefined;
  if (source === 'machine' && !isForMachine(event)) return 'other';
  return source ?? 'other';
};
