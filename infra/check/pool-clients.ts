/** The app clients of a user pool, however they name it. */
import { isDeepStrictEqual } from 'node:util';
import { type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { isElsewhere, type PoolElsewhere } from '../pool/pool-elsewhere.ts';
import { mayNameUnknown, poolsNamed } from './named-pools.ts';
import { type Properties, propertiesOf, resourcesBeside, textsOf } from './synthesized.ts';

export interface PoolClient {
  readonly resource: CfnResource;
  readonly properties: Properties;
  /** False if only the deployment can tell whether the client belongs to this pool. */
  readonly isKnown: boolean;
}

/** The minutes that Cognito waits for an answer if a client does not say it. */
const DEFAULT_SESSION_MINUTES = 3;

/** The pool's resource, or a pool that the app does not make. */
export type PoolOfClients = CfnResource | PoolElsewhere;

/** Whether the value names the pool; undefined if only the deployment can tell. */
const isNamed = (value: unknown, stack: Stack, pool: PoolOfClients): boolean | undefined => {
  if (!isElsewhere(pool)) {
    return poolsNamed(value, stack).has(pool) || (mayNameUnknown(value, stack) ? undefined : false);
  }
  const id: unknown = Stack.of(pool.scope).resolve(pool.id);
  if (isDeepStrictEqual(value, id)) return true;
  const isOther = typeof value === 'string' && typeof id === 'string';
  return isOther || !mayNameUnknown(value, stack) ? false : undefined;
};

/** All clients that the app has by now and that may belong to the pool, in any stack. */
export const clientsOf = (pool: PoolOfClients): readonly PoolClient[] =>
  resourcesBeside(isElsewhere(pool) ? pool.scope : pool, 'AWS::Cognito::UserPoolClient').flatMap(
    (resource) => {
      const properties = propertiesOf(resource);
      const isKnown = isNamed(properties.UserPoolId, Stack.of(resource), pool);
      return isKnown === false ? [] : [{ resource, properties, isKnown: isKnown === true }];
    },
  );

/** Whether users can sign in to the client with a code. A client that names no flows allows custom authentication, too. */
const asksForCode = ({ ExplicitAuthFlows }: Properties): boolean => {
  const flows = textsOf(ExplicitAuthFlows);
  return (
    flows.length === 0 || flows.some((flow) => /^(ALLOW_CUSTOM_AUTH|CUSTOM_AUTH_FLOW_ONLY|\{.*)$/.test(flow))
  );
};

/** The seconds that Cognito waits for an answer. For a time that only the deployment knows it is the shortest that there is. */
export const sessionSeconds = ({ AuthSessionValidity }: Properties): number =>
  60 * (typeof AuthSessionValidity === 'number' ? AuthSessionValidity : DEFAULT_SESSION_MINUTES);

/** The clients of the pool in which users sign in with a code. */
export const codeClientsOf = (userPool: PoolOfClients): readonly PoolClient[] =>
  clientsOf(userPool).filter(({ isKnown, properties }) => isKnown && asksForCode(properties));

/**
 * The shortest time in seconds that Cognito waits for a code in a client of the pool, as text. It is worked out at synthesis,
 * with the clients that are added later. Without any client in the app it is Cognito's default.
 */
export const shortestSession = (userPool: PoolOfClients): string =>
  Lazy.string({
    produce: () => {
      const all = codeClientsOf(userPool).map(({ properties }) => sessionSeconds(properties));
      return String(all.length === 0 ? 60 * DEFAULT_SESSION_MINUTES : Math.min(...all));
    },
  });
