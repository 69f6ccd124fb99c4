/** Who may use a secret: the policy of a role allows it, the secret's own policy denies it to all others. */
import { AnyPrincipal, Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';

/** 62^64 possibilities, more than the 256 bits that HMAC-SHA-256 can use. */
export const KEY_CHARACTERS = 64;

export const READ_SECRET = 'secretsmanager:GetSecretValue';
/** Who writes a secret knows it. `UpdateSecret` writes too; `denyUpdates` is for it. */
export const WRITE_SECRET = ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'];

export const allowSecret = (role: IRole, secret: Secret, actions: string[]): void => {
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [secret.secretArn] }));
};

const deny = (secret: Secret, actions: string[], conditions?: Readonly<Record<string, unknown>>): void => {
  secret.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions,
      resources: ['*'],
      ...(conditions && { conditions: { ...conditions } }),
    }),
  );
};

/**
 * Denies the actions to all but these roles, even if the account's policies allow them. Uses a condition, because
 * `NotPrincipal` would have to name each session of a role.
 */
export const denyToOthers = (secret: Secret, actions: string[], roleArns: string[]): void =>
  deny(secret, actions, { ArnNotEquals: { 'aws:PrincipalArn': roleArns } });

/**
 * The key is there in each call that CloudFormation makes for somebody, with a role of its own or not, and nobody can set it.
 * CloudFormation still needs that somebody's or its role's permission.
 */
const EXCEPT_DEPLOYMENTS = { StringNotEquals: { 'aws:CalledViaLast': 'cloudformation.amazonaws.com' } };

/**
 * Denies reading to all but these roles and CloudFormation, which reads a secret whenever it updates it: a new tag of the stack
 * would otherwise make the deployment fail.
 */
export const denyReadingToOthers = (secret: Secret, roleArns: string[]): void =>
  deny(secret, [READ_SECRET], { ArnNotEquals: { 'aws:PrincipalArn': roleArns }, ...EXCEPT_DEPLOYMENTS });

/** Denies `UpdateSecret` to all but CloudFormation, which changes a description with it; it can replace the value as well. */
export const denyUpdates = (secret: Secret): void =>
  deny(secret, ['secretsmanager:UpdateSecret'], EXCEPT_DEPLOYMENTS);

export const denyToAll = (secret: Secret, actions: string[]): void => deny(secret, actions);

export const roleOf = ({ role, node }: IFunction): IRole => {
  if (role === undefined) throw new Error(`${node.path} reads a secret, so it needs a role`);
  return role;
};
