/** Finds the triggers of a pool whose functions are not in the app: on AWS they are somewhere else, and here nobody could call them. */
import { shownName } from '../../ground/template/shown-name.ts';
import type { Resource, Template } from '../../ground/template.ts';
import { CALLED_TRIGGERS } from './known-properties.ts';
import { record } from './properties.ts';

/** guard-tokens has the app's own pre token function in this variable, and gives no tokens without its answer. */
export const CALLED_BY_GUARD = 'PRE_TOKEN_FUNCTION_ARN';

/** A trigger may name a version or an alias of its function. */
const unqualified = (arn: string): string => arn.replace(/^(arn:.*:function:[^:]+):[^:]+$/, '$1');

interface Called {
  readonly by: string;
  readonly setting: string;
  readonly arn: string;
}

const calledByPool = (pool: Resource): readonly Called[] =>
  Object.entries(record(pool.properties.LambdaConfig))
    .filter(([name]) => CALLED_TRIGGERS.includes(name))
    .map(([name, value]) => ({
      by: `user pool ${shownName(pool)}`,
      setting: `LambdaConfig.${name}`,
      arn: String(record(value).LambdaArn ?? value),
    }));

/** The template for those without the CDK has the variable always, empty for none. */
const calledByFunction = ({ names, properties }: Resource): readonly Called[] => {
  const arn = record(record(properties.Environment).Variables)[CALLED_BY_GUARD];
  return arn === undefined || arn === ''
    ? []
    : [{ by: `function ${names.ref}`, setting: 'preTokenGeneration', arn: String(arn) }];
};

/** Each is a sentence with the trigger, the ARN and what to do. */
export const absentTriggers = (template: Template): readonly string[] => {
  const functions = template.ofType('AWS::Lambda::Function');
  const there = new Set(functions.map(({ names }) => names.attributes.Arn));
  const called = [
    ...template.ofType('AWS::Cognito::UserPool').flatMap(calledByPool),
    ...functions.flatMap(calledByFunction),
  ];
  return called
    .filter(({ arn }) => !there.has(unqualified(arn)))
    .map(
      ({ by, setting, arn }) =>
        `The ${by} calls ${arn} (${setting}), which is no function of the app. ` +
        'Define the function in the app that you synthesize for the local system, or leave the trigger out of it',
    );
};
