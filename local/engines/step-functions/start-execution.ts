/** Checks the input of StartExecution, with AWS's errors (AWS Step Functions API Reference). */
import { randomUUID } from 'node:crypto';
import { AwsError, type JsonObject } from '../../ground/service.ts';

const MAX_INPUT_BYTES = 262_144;
const MAX_NAME_LENGTH = 80;
/** White space, brackets, wildcards, special and control characters. */
const FORBIDDEN_IN_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

export interface StartRequest {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: unknown;
}

export const readArn = (arn: unknown): string => {
  if (typeof arn !== 'string' || !arn.startsWith('arn:'))
    throw new AwsError('InvalidArn', `Invalid Arn: '${String(arn)}'`);
  return arn;
};

const readName = (name: unknown): string => {
  if (name === undefined) return randomUUID();
  const valid = typeof name === 'string' && name !== '' && name.length <= MAX_NAME_LENGTH;
  if (!valid || FORBIDDEN_IN_NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  return name;
};

const readInput = (input: unknown): unknown => {
  if (input === undefined) return {};
  if (typeof input !== 'string') throw new AwsError('SerializationException', 'input must be a string');
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES)
    throw new AwsError(
      'ValidationException',
      `input must have length less than or equal to ${MAX_INPUT_BYTES}`,
    );
  try {
    return JSON.parse(input);
  } catch {
    // The parser's own message would quote the input.
    throw new AwsError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is not JSON');
  }
};

export const readStartRequest = ({ stateMachineArn, name, input }: JsonObject): StartRequest => ({
  stateMachineArn: readArn(stateMachineArn),
  name: readName(name),
  input: readInput(input),
});
