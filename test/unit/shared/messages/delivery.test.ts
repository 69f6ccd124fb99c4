import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { type DeliveryTask, readDelivery, writeDelivery } from '../../../../shared/messages/delivery.ts';
import { ADDRESS_HASH, aChallengeId, USER_ID } from '../../../support/table/challenges.ts';

const ORDER = {
  userId: USER_ID,
  challengeId: aChallengeId(),
  delivery: 1,
  email: 'alice@example.com',
  locale: 'de',
};
const TASK: DeliveryTask = {
  ...ORDER,
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

test('deliver-code reads what create-auth-challenge wrote and Step Functions added', () => {
  const text = fc.string({ minLength: 1 });
  const anyOrder = fc.record({
    userId: text,
    challengeId: fc.nat({ max: 2 ** 44 }).map(newChallengeId),
    delivery: fc.integer({ min: 1, max: 99 }),
    email: text,
    locale: fc.string({ minLength: 1, maxLength: 71 }),
  });
  const anyAddition = fc.record({ execution: text, retries: fc.nat(20) });
  fc.assert(
    fc.property(anyOrder, text, anyAddition, (order, addressHash, addition) => {
      const task = { ...JSON.parse(writeDelivery({ ...order, addressHash })), ...addition };

      expect(readDelivery(task)).toEqual({ ...order, ...addition });
    }),
  );
});

test('it is sent as JSON with these names, and with nothing else', () => {
  const input = { ...ORDER, addressHash: ADDRESS_HASH, code: '123456' };

  expect(JSON.parse(writeDelivery(input))).toEqual({
    userId: USER_ID,
    challengeId: aChallengeId(),
    delivery: 1,
    email: 'alice@example.com',
    locale: 'de',
    addressHash: ADDRESS_HASH,
  });
});

test('unknown fields are dropped', () => {
  expect(readDelivery({ ...TASK, code: '123456' })).toEqual(TASK);
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
    ['retries', -1],
  ])('%s that is %j', (field, value) => {
    const refusal = refusalOf({ ...TASK, [field]: value });

    expect(refusal).toMatchObject({ name: 'InvalidDelivery', message: `${field} is missing or malformed` });
  });

  test.each([[undefined], [null], ['text'], [7], [[]]])('%j in place of an input', (event) => {
    const refusal = refusalOf(event);

    expect(refusal.name).toBe('InvalidDelivery');
  });
});

test('repeats nothing of what it refuses', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(TASK)), fc.uuid(), (field, secret) => {
      const refusal = refusalOf({ ...TASK, [field]: { secret } });

      expect(refusal.message).not.toContain(secret);
    }),
  );
});

test('more languages than a user and a page can wish for are refused, because to look for each takes time', () => {
  const wishes = 'zh-Hant-TW-u-co-stroke-abc-def-ghij,'.repeat(3);

  expect(refusalOf({ ...TASK, locale: wishes })).toMatchObject({
    name: 'InvalidDelivery',
    message: 'locale is missing or malformed',
  });
});
