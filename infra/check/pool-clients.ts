/** The app clients of a user pool, however they name it. */
import { type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
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

/** All clients that the app has by now and that may belong to the pool, in any stack. */
export const clientsOf = (userPool: CfnResource): readonly PoolClient[] =>
  resourcesBeside(userPool, 'AWS::Cognito::UserPoolClient').flatMap((resource) => {
    const properties = propertiesOf(resource);
    const stack = Stack.of(resource);
    const pools = poolsNamed(properties.UserPoolId, stack);
    const isKnown = pools.has(userPool);
    const mayBe = isKnown || mayNameUnknown(properties.UserPoolId, stack);
    return mayBe ? [{ resource, properties, isKnown }] : [];
  });

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
export const codeClientsOf = (userPool: CfnResource): readonly PoolClient[] =>
  clientsOf(userPool).filter(({ isKnown, properties }) => isKnown && asksForCode(properties));

/**
 * The shortest time in seconds that Cognito waits for a code in a client of the pool, as text. It is worked out at synthesis,
 * with the clients that are added later. Without any client in the app it is Cognito's default.
 */
export const shortestSession = (userPool: CfnResource): string =>
  Lazy.string({
    produce: () => {
      const all = codeClientsOf(userPool).map(({ properties }) => sessionSeconds(properties));
      return String(all.length === 0 ? 60 * DEFAULT_SESSION_MINUTES : Math.min(...all));
    },
  });
