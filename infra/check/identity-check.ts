/** Whether another construct of the app creates the SES identity too, of which an account has one in a region. */
import { isDeepStrictEqual } from 'node:util';
import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { warn } from './problem.ts';
import { nameOf, propertiesOf, resourcesBeside } from './synthesized.ts';

const identityOf = (resource: CfnResource): unknown => propertiesOf(resource).EmailIdentity;

const validate = (otp: Construct): string[] => {
  const all = resourcesBeside(otp, 'AWS::SES::EmailIdentity');
  const own = all.find(({ node }) => node.scopes.includes(otp));
  if (own === undefined) return [];
  const stack = Stack.of(otp);
  const doubles = all.filter(
    (one) =>
      one !== own &&
      Stack.of(one).environment === stack.environment &&
      isDeepStrictEqual(identityOf(one), identityOf(own)),
  );
  const textOf = (other: CfnResource) =>
    `${nameOf(own)} and ${nameOf(other)} create the same SES identity, and an account has it once in a region, so the ` +
    "deployment fails. Give one of the two EmailOtps senderIdentity: 'existing', and deploy it after the other";
  const elsewhere = doubles.filter((other) => Stack.of(other) !== stack);
  for (const other of elsewhere) warn({ at: otp, id: 'EmailOtp-SharedIdentity', text: textOf(other) });
  return doubles.filter((other) => !elsewhere.includes(other)).map(textOf);
};

/** Fails the synthesis for a double in the same stack. Of one in another stack it warns, as that may go to another account. */
export const checkIdentity = (otp: Construct): void =>
  otp.node.addValidation({ validate: () => validate(otp) });
