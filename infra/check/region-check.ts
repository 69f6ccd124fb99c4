/** Whether what a stack is given is in its region: a table takes no key of another, an alarm no topic, guard-tokens no function. */
import { Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { writeWrongSettings } from '../../shared/messages/stack/wrong-settings.ts';
import { SettingsError } from '../settings/settings.ts';
import { warn } from './problem.ts';

export interface GivenResources {
  readonly encryptionKey: IKey | undefined;
  readonly alarmTopic: ITopic | undefined;
  readonly preTokenGeneration: IFunction | undefined;
}

/**
 * Throws a `SettingsError` for a key, a topic or a function of another region than the stack's. A stack without a region is deployed to the
 * one that the CDK's command line finds in its environment, which can be another next time, so then it only warns.
 */
export const checkRegions = (scope: Construct, given: GivenResources): void => {
  const { region } = Stack.of(scope);
  const isFixed = !Token.isUnresolved(region);
  const expected = isFixed ? region : process.env.CDK_DEFAULT_REGION;
  const problems = Object.entries<GivenResources[keyof GivenResources]>({ ...given }).flatMap(
    ([name, resource]) => {
      const found = resource?.env.region;
      if (found === undefined || Token.isUnresolved(found) || expected === undefined || found === expected)
        return [];
      return [`${name} is in ${found}, but has to be in ${expected}, the region of the stack`];
    },
  );
  if (isFixed && problems.length > 0) throw new SettingsError(writeWrongSettings(problems));
  for (const text of problems) warn({ at: scope, id: 'EmailOtp-OtherRegion', text });
};
