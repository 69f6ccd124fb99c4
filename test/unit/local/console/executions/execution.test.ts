import { expect, test } from 'vitest';
import { challengeIdOf, executionId, shortName } from '../../../../../local/console/executions/execution.ts';
import { aChallengeId } from '../../../../support/table/challenges.ts';

test('executions of one name are distinguished by the end of their ARN', () => {
  const executionArn = 'arn:aws:states:us-east-1:000000000000:express:Delivery:name:run-1';

  expect(executionId({ executionArn })).toBe('run-1');
});

test('an execution is known by the challenge that it mails, and by the end of its name', () => {
  const name = `${aChallengeId(0xabc)}-2`;

  expect(challengeIdOf({ name })).toBe(aChallengeId(0xabc));
  expect(shortName(name)).toBe('…000abc-2');
});

test('an execution that somebody named otherwise mails no challenge that is known', () => {
  expect(challengeIdOf({ name: 'by-hand-1' })).toBeUndefined();
  expect(shortName('by-hand-1')).toBe('by-hand-1');
});
