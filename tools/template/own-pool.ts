import { type CfnCondition, CfnOutput, Fn, type Stack, Token } from 'aws-cdk-lib';
import { type CfnUserPool, type CfnUserPoolClient, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { OtpUserPool } from '../../infra/data/otp-user-pool.ts';
import { addOutputs } from '../../infra/outputs.ts';
import type { Parts } from '../../infra/parts.ts';
import type { Settings } from '../../infra/settings/settings.ts';

export interface OwnPoolProps {
  /** Those that shape the pool. */
  readonly structural: Settings;
  readonly settings: Settings;
  readonly parts: Parts;
  readonly deletionProtection: CfnCondition;
}

/** The pool that our own stack makes, with its client and the triggers. */
export const addOwnPool = (
  stack: Stack,
  { structural, settings, parts, deletionProtection }: OwnPoolProps,
): void => {
  const { userPool, client } = new OtpUserPool(stack, 'UserPool', { settings: structural });
  // The constructs look at these two, so they take no parameter.
  const isProtected = Fn.conditionIf(deletionProtection.logicalId, 'ACTIVE', 'INACTIVE').toString();
  (userPool.node.defaultChild as CfnUserPool).deletionProtection = isProtected;
  (client.node.defaultChild as CfnUserPoolClient).authSessionValidity = Token.asNumber(
    Fn.ref('SessionValidity'),
  );

  const { triggers } = parts;
  userPool.addTrigger(UserPoolOperation.DEFINE_AUTH_CHALLENGE, triggers['define-auth-challenge']);
  userPool.addTrigger(UserPoolOperation.CREATE_AUTH_CHALLENGE, triggers['create-auth-challenge']);
  userPool.addTrigger(UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE, triggers['verify-auth-challenge']);
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, triggers['guard-tokens']);

  addOutputs(stack, { userPoolId: userPool.userPoolId, settings, parts });
  new CfnOutput(stack, 'UserPoolClientId', { value: client.userPoolClientId });
};
