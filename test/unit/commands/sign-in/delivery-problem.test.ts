import { expect, test } from 'vitest';
import { describeProblem } from '../../../../commands/sign-in/delivery-problem.ts';

test.each([
  ['FAILED', 'could not be sent'],
  ['REJECTED', 'SES refused'],
  ['BOUNCED', 'came back'],
  ['SUPPRESSED', 'suppression list'],
  ['DELAYED', 'delayed'],
] as const)('a mail that is %s is said to be so', (delivery, words) => {
  expect(describeProblem(delivery)).toContain(words);
});

test.each(['SENDING', 'SENT', 'DELIVERED'] as const)('%s is no problem', (delivery) => {
  expect(describeProblem(delivery)).toBeUndefined();
});
