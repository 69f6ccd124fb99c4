/** A user pool that the stack does not make: one of the console, of Terraform or of another app. It is attached at deployment. */
import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { warn } from '../check/problem.ts';

export interface PoolElsewhere {
  /** The `EmailOtp` that is given the pool; what else the app has is looked for around it. */
  readonly scope: Construct;
  readonly id: string;
  readonly arn: string;
  /** What the app calls it: the path of the import, or the ARN. */
  readonly name: string;
}

const ARN = /^arn:aws[a-z-]*:cognito-idp:([a-z0-9-]+):(\d{12}):userpool\/([\w-]+)$/;

/** Where it is, as far as that is known at synthesis. A token stands for what is not. */
interface Place {
  readonly region: string | undefined;
  readonly account: string | undefined;
}

type Found = PoolElsewhere & { readonly places: readonly Place[] };

/** Another copy of the CDK may have made it, so nothing asks for its class. A pool that an app makes has a resource. */
const isImport = (given: unknown): given is IUserPool =>
  Construct.isConstruct(given) &&
  'userPoolArn' in given &&
  'userPoolId' in given &&
  given.node.defaultChild === undefined;

/** An id begins with the region, whatever an import says of its own. */
const placeOfId = (id: string): Place => ({ region: /^([a-z0-9-]+)_\w+$/.exec(id)?.[1], account: undefined });

const ID = /^[\w-]+_[0-9a-zA-Z]+$/;

const ofImport = (scope: Construct, { userPoolId: id, userPoolArn: arn, env, node }: IUserPool): Found => {
  if (!Token.isUnresolved(id) && !ID.test(id))
    throw new Error(
      `${scope.node.path} cannot add a second factor: the user pool ${node.path} has the id ${id}, which is none; an id is such ` +
        'as eu-west-1_AbCdEfGhI. UserPool.fromUserPoolArn takes an ARN',
    );
  return { scope, id, arn, name: node.path, places: [env, placeOfId(id)] };
};

const ofArn = (scope: Construct, arn: string): Found | undefined => {
  if (Token.isUnresolved(arn)) {
    const { resourceName: id = '' } = Stack.of(scope).splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME);
    return { scope, id, arn, name: `given to ${scope.node.path}`, places: [] };
  }
  const [, region, account, id] = ARN.exec(arn) ?? [];
  return id === undefined
    ? undefined
    : { scope, id, arn, name: arn, places: [{ region, account }, placeOfId(id)] };
};

/** What the deployment would have there, which it may take from the environment of the CDK's command line. */
const HERE = {
  region: (stack: Stack) => ({ fixed: stack.region, guess: process.env.CDK_DEFAULT_REGION }),
  account: (stack: Stack) => ({ fixed: stack.account, guess: process.env.CDK_DEFAULT_ACCOUNT }),
} as const;

/** Cognito calls functions of its own region only, and this stack's role cannot change a pool of another account. */
const requireHere = ({ scope, name, places }: Found): void => {
  for (const what of ['region', 'account'] as const) {
    const { fixed, guess } = HERE[what](Stack.of(scope));
    const isFixed = !Token.isUnresolved(fixed);
    const here = isFixed ? fixed : guess;
    const there = places
      .map((place) => place[what])
      .find((found) => found !== undefined && !Token.isUnresolved(found) && found !== here);
    if (here === undefined || there === undefined) continue;
    const text =
      `the user pool ${name} is in the ${what} ${there}, but the stack in ${here}. Put EmailOtp into a stack of the pool's ` +
      'own region and account';
    if (isFixed) throw new Error(`${scope.node.path} cannot add a second factor: ${text}`);
    warn({ at: scope, id: 'EmailOtp-OtherRegion', text: `${scope.node.path}: ${text}` });
  }
};

/**
 * An imported pool or an ARN; undefined for anything else. `scope` is the `EmailOtp`. Throws an error that says what to do for
 * a pool that is known to be in another region or account than the stack.
 */
export const readPoolElsewhere = (scope: Construct, given: unknown): PoolElsewhere | undefined => {
  const found = isImport(given)
    ? ofImport(scope, given)
    : typeof given === 'string'
      ? ofArn(scope, given)
      : undefined;
  if (found === undefined) return undefined;
  requireHere(found);
  const { places, ...pool } = found;
  return pool;
};

export const isElsewhere = (pool: object): pool is PoolElsewhere => 'arn' in pool && 'id' in pool;
