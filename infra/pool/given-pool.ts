/** The user pool that an app gives to `EmailOtp`. Another copy of the CDK may have made it, so nothing asks for its class. */
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

export const POOL_TYPE = 'AWS::Cognito::UserPool';

export interface GivenPool {
  /** What CloudFormation gets. */
  readonly resource: CfnUserPool;
  /** The construct that made the resource; undefined for a resource by itself, such as one of an included template. */
  readonly construct: UserPool | undefined;
  /** Whether the app holds the resource, not the construct. Advice is then in CloudFormation's words, too. */
  readonly isResource: boolean;
}

const isResource = (one: unknown): one is CfnUserPool =>
  CfnResource.isCfnResource(one) && one.cfnResourceType === POOL_TYPE && 'attrArn' in one;

const isConstruct = (one: unknown): one is UserPool =>
  Construct.isConstruct(one) &&
  'addTrigger' in one &&
  typeof one.addTrigger === 'function' &&
  isResource(one.node.defaultChild);

const toPool = (given: unknown): GivenPool | undefined => {
  if (isConstruct(given)) {
    return { resource: given.node.defaultChild as CfnUserPool, construct: given, isResource: false };
  }
  if (!isResource(given)) return undefined;
  const { scope } = given.node;
  const construct = isConstruct(scope) && scope.node.defaultChild === given ? scope : undefined;
  return { resource: given, construct, isResource: true };
};

const whyNot = (given: unknown): string => {
  const name = Construct.isConstruct(given) ? given.node.path : String(given);
  return `${name} is no user pool. Give a UserPool, a CfnUserPool, an imported pool or the ARN of one`;
};

/** Permissions and outputs of `EmailOtp` name the pool, and CloudFormation refuses them where a condition leaves it out. */
const requireAlways = (scope: Construct, pool: GivenPool): GivenPool => {
  if (pool.resource.cfnOptions.condition === undefined) return pool;
  throw new Error(
    `${scope.node.path} cannot add a second factor: the user pool ${pool.resource.node.path} has a Condition, and what ` +
      'EmailOtp makes would stay, and name it, where the deployment leaves it out. Take the Condition off the pool ' +
      '(cfnOptions.condition = undefined), or put pool and EmailOtp into a nested stack and the Condition onto that',
  );
};

const pathOf = ({ resource, construct, isResource }: GivenPool): string =>
  (isResource ? resource : (construct ?? resource)).node.path;

/** Throws an error that says what to do for anything but a pool of the stack that `scope` is in. */
export const readGivenPool = (scope: Construct, given: unknown): GivenPool => {
  const pool = toPool(given);
  if (pool === undefined) throw new Error(`${scope.node.path} cannot add a second factor: ${whyNot(given)}`);
  if (Stack.of(scope) === Stack.of(pool.resource)) return requireAlways(scope, pool);
  throw new Error(
    `${scope.node.path} must be in the same stack as its user pool ${pathOf(pool)}: pool and functions refer to each ` +
      'other, which CloudFormation does not allow across stacks. Put EmailOtp into the stack that makes the pool, such as ' +
      'new EmailOtp(Stack.of(userPool), …)',
  );
};
