import { expect, test } from 'vitest';
import { NotRunningError } from '../../../../commands/common/connect.ts';
import {
  explain,
  GuardChangedError,
  NotLockedError,
  UnknownUserError,
} from '../../../../commands/common/unlock-errors.ts';
import { UsageError } from '../../../../commands/sign-in/options.ts';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

test.each<[unknown, number, string]>([
  [new UsageError('--sub is missing'), 2, '--sub is missing'],
  [new UnknownUserError('nobody'), 3, 'nobody'],
  [new NotLockedError('not locked'), 4, 'not locked'],
  [new GuardChangedError('still locked'), 1, 'still locked'],
  [new NotRunningError('start it'), 1, 'start it'],
  [new Error('Region is missing'), 2, '--region or AWS_REGION'],
  [
    named('AccessDenied', 'User: a is not authorized to perform: sts:AssumeRole on resource: arn:…'),
    1,
    "the credentials lack the permission sts:AssumeRole. The command needs: cloudformation:DescribeStacks, and sts:AssumeRole on the stack's output UnlockRoleArn",
  ],
  [named('ResourceNotFoundException', "can't find"), 1, 'AWS does not find the table'],
  ['a text', 1, 'a text'],
])('%s ends with %i and says what to do', (error, exit, text) => {
  const explanation = explain(error);

  expect(explanation.exit).toBe(exit);
  expect(explanation.text).toContain(text);
});
