import { type CfnCondition, CfnOutput, Fn, type Stack, Token } from 'aws-cdk-lib';
import type { CfnUserPool, CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { OtpUserPool } from '../../../infra/data/otp-user-pool.ts';
import { addOutputs } from '../../../infra/outputs.ts';
import type { Parts } from '../../../infra/parts.ts';
import { readGivenPool } from '../../../infra/pool/given-pool.ts';
import { setTriggers } from '../../../infra/pool/pool-triggers.ts';
import type { Settings } from '../../../infra/settings/settings.ts';

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

  setTriggers(readGivenPool(stack, userPool), parts.triggers, 'V1_0');
  addOutputs(stack, { userPoolId: userPool.userPoolId, settings, parts });
  new CfnOutput(stack, 'UserPoolClientId', { value: client.userPoolClientId });
};
