import { CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import type { ParameterName } from './parameters.ts';

/** The condition that a parameter which may be left out was given. A stack has one for each. */
export const isGiven = (stack: Stack, name: ParameterName): CfnCondition =>
  new CfnCondition(stack, `Has${name}`, {
    expression: Fn.conditionNot(Fn.conditionEquals(Fn.ref(name), '')),
  });
