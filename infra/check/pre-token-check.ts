/** Whether what an app says of its own pre token generation function can be used; JavaScript and casts get past the types. */
import { Construct } from 'constructs';
import { writeWrongSettings } from '../../shared/messages/stack/wrong-settings.ts';
import { SettingsError } from '../settings/settings.ts';

const VERSIONS: readonly unknown[] = ['V1_0', 'V2_0', 'V3_0'];

/** Another copy of the CDK may have made it, so its class says nothing. A `CfnFunction` has no `functionArn`. */
const isFunction = (given: unknown): boolean =>
  Construct.isConstruct(given) && 'functionArn' in given && 'env' in given;

export interface GivenPreToken {
  readonly preTokenGeneration: unknown;
  readonly preTokenGenerationVersion: unknown;
}

/** Throws a `SettingsError` that names the prop and what it takes. */
export const checkPreToken = ({ preTokenGeneration, preTokenGenerationVersion }: GivenPreToken): void => {
  const problems = [
    ...((preTokenGeneration ?? undefined) === undefined || isFunction(preTokenGeneration)
      ? []
      : [
          'preTokenGeneration must be a function or an alias of the CDK (IFunction); Function.fromFunctionArn makes one of an ' +
            'ARN, such as the attrArn of a CfnFunction',
        ]),
    ...(VERSIONS.includes(preTokenGenerationVersion)
      ? []
      : [`preTokenGenerationVersion must be one of ${VERSIONS.join(', ')}`]),
  ];
  if (problems.length > 0) throw new SettingsError(writeWrongSettings(problems));
};
