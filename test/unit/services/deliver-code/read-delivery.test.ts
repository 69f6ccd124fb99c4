import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDelivery } from '../../../../services/deliver-code/read-delivery.ts';
import { aChallengeId, USER_ID } from '../../../support/table/challenges.ts';

const INPUT = {
  userId: USER_ID,
  challengeId: aChallengeId(),
  delivery: 1,
  email: 'alice@example.com',
  locale: 'de',
  execution: 'arn:aws:states:us-east-1:000000000000:express:Delivery:name:1',
  retries: 2,
};

const refusalOf = (event: unknown): { readonly name: string; readonly message: string } => {
  try {
    readDelivery(event);
  } catch (error) {
    return error as Error;
  }
  return expect.unreachable('the input was taken');
};

test('reads the workflow’s input and drops what it does not know', () => {
  const delivery = readDelivery({ ...INPUT, code: '123456' });

  const { retries, ...rest } = INPUT;
  expect(delivery).toEqual({ ...rest, try: retries + 1 });
});

describe('refuses', () => {
  test.each([
    ['userId', ''],
    ['userId', 7],
    ['challengeId', '0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11'],
    ['challengeId', undefined],
    ['delivery', 0],
    ['delivery', 1.5],
    ['delivery', '1'],
    ['delivery', Number.NaN],
    ['email', ''],
    ['email', ['alice@example.com']],
    ['locale', null],
    ['execution', undefined],
  ])('%s that is %j', (field, value) => {
    const refusal = refusalOf({ ...INPUT, [field]: value });

    expect(refusal).toMatchObject({ name: 'InvalidDelivery', message: `${field} is missing or malformed` });
  });

  test.each([[undefined], [null], ['text'], [7], [[]]])('%j in place of an input', (event) => {
    const refusal = refusalOf(event);

    expect(refusal.name).toBe('InvalidDelivery');
  });
});

test('repeats nothing of what it refuses', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(INPUT)), fc.uuid(), (field, secret) => {
      const refusal = refusalOf({ ...INPUT, [field]: { secret } });

      expect(refusal.message).not.toContain(secret);
    }),
  );
});
