import { expect, it, test } from 'vitest';
import { NothingFoundError } from '../../../../commands/audit/search.ts';
import { explain } from '../../../../commands/common/audit-errors.ts';
import { NotRunningError } from '../../../../commands/common/connect.ts';
import { UsageError } from '../../../../commands/sign-in/options.ts';

const named = (name: string, message: string, more = {}): Error =>
  Object.assign(new Error(message), { name }, more);

test.each([
  [new UsageError('--limit must be …'), 2, '--limit must be …'],
  [new Error('Region is missing'), 2, '--region'],
  [new NothingFoundError('There is no challenge'), 3, 'There is no challenge'],
  [new NotRunningError('Start it with: npm start'), 1, 'npm start'],
  [named('Error', 'connect', { code: 'ECONNREFUSED' }), 1, 'npm start'],
  [
    named(
      'AccessDeniedException',
      'User: arn:aws:iam::123456789012:user/a is not authorized to perform: dynamodb:Query on resource: arn:…',
    ),
    1,
    'the credentials lack the permission dynamodb:Query',
  ],
  [named('AccessDenied', 'Forbidden'), 1, 'The command needs: cloudformation:DescribeStacks'],
  [named('ExpiredTokenException', 'The security token has expired'), 1, 'AWS_PROFILE'],
  [named('ResourceNotFoundException', 'Requested resource not found'), 1, 'Is the stack deployed'],
  [named('InternalServerError', 'Try later'), 1, 'InternalServerError: Try later'],
  ['a text', 1, 'a text'],
])('%s ends with %i and says what to do', (error, exit, text) => {
  const explanation = explain(error);

  expect(explanation.exit).toBe(exit);
  expect(explanation.text).toContain(text);
});

it("does not repeat an address from AWS's words", () => {
  expect(explain(named('InvalidParameterException', 'alice@example.com is odd')).text).toBe(
    'InvalidParameterException: *** is odd',
  );
});
