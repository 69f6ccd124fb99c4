/** What AWS refuses of a client's properties. */
import { AwsError, type JsonObject } from '../../../ground/service.ts';
import { invalidParameter } from '../errors.ts';
import type { UserPool } from '../pool.ts';
import { listed, record } from '../properties.ts';
import { isKnownAttribute, VERIFIED_FLAGS } from '../users/attributes.ts';

/** What is verified no client may say, and nobody changes a `sub`. */
const isWritable = (pool: UserPool, name: string): boolean =>
  isKnownAttribute(pool, name) && name !== 'sub' && !VERIFIED_FLAGS.includes(name);

/** The words are those of reports of real pools (aws-cdk 20760 for a creation, aws-sdk-java 1395 for an update). */
const refuseAttributes = (
  pool: UserPool,
  { ReadAttributes, WriteAttributes }: JsonObject,
  doing: string,
): void => {
  if (!listed(WriteAttributes).every((name) => isWritable(pool, name)))
    throw invalidParameter(`Invalid write attributes specified while ${doing} a client`);
  if (!listed(ReadAttributes).every((name) => isKnownAttribute(pool, name)))
    throw invalidParameter(`Invalid read attributes specified while ${doing} a client`);
};

/** The words are those of reports of real pools; the exception of the second is the SDK's, `InvalidOAuthFlowException`. */
const refuseOAuth = (properties: JsonObject): void => {
  const [flows, scopes] = [listed(properties.AllowedOAuthFlows), listed(properties.AllowedOAuthScopes)];
  const isOn = properties.AllowedOAuthFlowsUserPoolClient === true;
  if ((isOn || flows.length > 0) && (flows.length === 0 || scopes.length === 0)) {
    throw invalidParameter(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
  if (!flows.includes('client_credentials')) return;
  if (flows.length > 1) {
    throw new AwsError(
      'InvalidOAuthFlowException',
      'client_credentials flow can not be selected along with code flow or implicit flow.',
    );
  }
  if (properties.GenerateSecret === true) return;
  throw new AwsError(
    'InvalidOAuthFlowException',
    'client_credentials flow can not be selected if client does not have a client secret.',
  );
};

/** SDK, `ExplicitAuthFlows`: the older names cannot stand beside the others. The words are ours. */
const refuseMixedFlows = ({ ExplicitAuthFlows }: JsonObject): void => {
  const flows = listed(ExplicitAuthFlows);
  const newer = flows.filter((flow) => flow.startsWith('ALLOW_'));
  if (newer.length === 0 || newer.length === flows.length) return;
  throw invalidParameter('ExplicitAuthFlows cannot have legacy values beside those that begin with ALLOW_.');
};

/** SDK, `DefaultRedirectURI`: "Must be in the CallbackURLs list." The words are ours. */
const refuseRedirect = ({ DefaultRedirectURI, CallbackURLs }: JsonObject): void => {
  if (DefaultRedirectURI === undefined || listed(CallbackURLs).includes(String(DefaultRedirectURI))) return;
  throw invalidParameter('DefaultRedirectURI must be in the CallbackURLs list.');
};

/** SDK, `ALLOW_USER_AUTH` and the tiers. The text is ours. */
const refuseBeyondTier = ({ properties: pool }: UserPool, { ExplicitAuthFlows }: JsonObject): void => {
  if (pool.UserPoolTier !== 'LITE' || !listed(ExplicitAuthFlows).includes('ALLOW_USER_AUTH')) return;
  throw new AwsError(
    'FeatureUnavailableInTierException',
    'ALLOW_USER_AUTH is not available in your current feature plan.',
  );
};

/** SDK, `RefreshTokenRotationType.Feature` is required. */
const refuseRotation = ({ RefreshTokenRotation }: JsonObject): void => {
  if (RefreshTokenRotation === undefined || record(RefreshTokenRotation).Feature !== undefined) return;
  throw invalidParameter(
    "1 validation error detected: Value null at 'refreshTokenRotation.feature' failed to satisfy constraint: Member must not be null",
  );
};

/** `properties` are those of the request, and the secret that the client has. Throws what AWS throws. */
export const acceptClient = (
  pool: UserPool,
  properties: JsonObject,
  doing: 'creating' | 'updating',
): void => {
  refuseAttributes(pool, properties, doing);
  refuseMixedFlows(properties);
  refuseOAuth(properties);
  refuseRedirect(properties);
  refuseRotation(properties);
  refuseBeyondTier(pool, properties);
};
