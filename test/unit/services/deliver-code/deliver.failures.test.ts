import { describe, expect, test } from 'vitest';
import { deliver } from '../../../../services/deliver-code/deliver.ts';
import { LEASE_SECONDS } from '../../../../shared/domain/limits.ts';
import { aChallenge, aFact, anAnswer, NOW, REF, SECOND } from '../../../support/table/challenges.ts';
import { aDelivery, aSender, refusedBySes, unansweredBySes } from './a-sender.ts';

// What becomes of the lease when SES does not take a mail.

const secondTry = aDelivery({ retries: 1 });

describe('a refusal by SES', () => {
  test('is thrown, and hands the lease back, so that the next try need not wait; the trail says that it is deferred', async () => {
    const sender = await aSender();
    const before = await sender.stores.stored();
    sender.answer = async () => refusedBySes('EmailThrottled');

    await expect(sender.deliver()).rejects.toMatchObject({ name: 'EmailThrottled' });
    const deferral = { at: new Date(sender.now).toISOString(), by: 'deliver-code', reason: 'EmailThrottled' };
    expect(await sender.stores.stored()).toEqual({
      ...before,
      events: { ...before?.events, '1#SEND_DEFERRED': deferral },
    });
    sender.answer = async () => ({ kind: 'accepted', messageId: 'message-2' });

    expect(await sender.deliver(secondTry)).toMatchObject({ kind: 'sent', messageId: 'message-2', try: 2 });
    expect(sender.measured.sums()).toMatchObject({ 'SendTryFailed EmailThrottled': 1, CodeSent: 1 });
  });

  test.each(['EmailRejected', 'EmailQuotaReached'] as const)(
    'defers nothing if no try follows: %s',
    async (failure) => {
      const sender = await aSender();
      const before = await sender.stores.stored();
      sender.answer = async () => refusedBySes(failure);

      await expect(sender.deliver()).rejects.toMatchObject({ name: failure });

      expect(await sender.stores.stored()).toEqual(before);
    },
  );

  test('is thrown although the lease cannot be handed back; then the next try waits for the lease', async () => {
    const sender = await aSender();
    sender.answer = async () => refusedBySes();
    const challenges = {
      ...sender.deps.challenges,
      releaseLease: async () => {
        throw new Error('slow down');
      },
    };

    const failed = deliver({ ...sender.deps, challenges }, aDelivery(), 'invocation-a');

    await expect(failed).rejects.toMatchObject({ name: 'EmailRejected' });
    await expect(sender.deliver(secondTry)).rejects.toMatchObject({ name: 'LeaseHeld' });
  });

  test('leaves a lease alone that another try has taken over', async () => {
    const sender = await aSender();
    sender.answer = async () => {
      sender.now += LEASE_SECONDS * SECOND;
      sender.answer = async () => ({ kind: 'accepted', messageId: 'message-of-the-other' });
      await sender.deliver(aDelivery({ execution: 'execution-2' }));
      return refusedBySes();
    };

    await expect(sender.deliver()).rejects.toMatchObject({ name: 'EmailRejected' });

    expect((await sender.stores.stored())?.unclear).toEqual([1]);
    await expect(sender.deliver(secondTry)).rejects.toMatchObject({ name: 'LeaseHeld' });
  });
});

describe('an answer of SES that was lost', () => {
  test('keeps the lease, so that a report of SES may come before the next try, and the mail stays unclear', async () => {
    const sender = await aSender();
    sender.answer = async () => unansweredBySes();

    await expect(sender.deliver()).rejects.toMatchObject({ name: 'EmailUnanswered' });

    expect((await sender.stores.stored())?.unclear).toEqual([1]);
    expect(sender.calls).not.toContain('releaseLease');
    await expect(sender.deliver(secondTry)).rejects.toMatchObject({ name: 'LeaseHeld' });
    sender.now += LEASE_SECONDS * SECOND;
    sender.answer = async () => refusedBySes();
    await expect(sender.deliver(secondTry)).rejects.toMatchObject({ name: 'EmailRejected' });
    expect((await sender.stores.stored())?.unclear).toEqual([1]);
  });
});

describe('a challenge that was closed while its mail was on the way to SES', () => {
  const closedMeanwhile = async (
    close: (sender: Awaited<ReturnType<typeof aSender>>) => Promise<unknown>,
  ) => {
    const sender = await aSender();
    sender.answer = async () => {
      await close(sender);
      return refusedBySes();
    };
    await expect(sender.deliver()).rejects.toMatchObject({ name: 'EmailRejected' });
    return sender.measured.sums();
  };

  test('was never mailed if SES refuses: then it is measured here, because whoever closed it could not know', async () => {
    const sums = await closedMeanwhile(({ stores }) => stores.challenges.replace(REF, aFact()));

    expect(sums).toEqual({ 'SendTryFailed EmailRejected': 1, NeverMailed: 1 });
  });

  test('is not measured where its code was given: somebody has had it, whatever SES says', async () => {
    const sums = await closedMeanwhile(({ stores }) => stores.challenges.consume(anAnswer(), 'notLast'));

    expect(sums).toEqual({ 'SendTryFailed EmailRejected': 1 });
  });

  test('is not measured where it is still open', async () => {
    expect(await closedMeanwhile(async () => {})).toEqual({ 'SendTryFailed EmailRejected': 1 });
  });

  test('is not measured where another mail of it went out or may have', async () => {
    const events = { '1#REQUESTED': aFact(), '1#SENT': aFact(NOW), '2#RESEND_REQUESTED': aFact() };
    const sender = await aSender([aChallenge({ events })]);
    sender.answer = async () => {
      await sender.stores.challenges.replace(REF, aFact());
      return refusedBySes();
    };

    await expect(sender.deliver(aDelivery({ delivery: 2 }))).rejects.toMatchObject({ name: 'EmailRejected' });

    expect(sender.measured.sums()).not.toHaveProperty('NeverMailed');
  });
});

test('an error that is not expected is measured as such, and its text is not', async () => {
  const sender = await aSender();
  sender.answer = async () => {
    throw new TypeError('alice@example.com is undefined');
  };

  await expect(sender.deliver()).rejects.toThrow(TypeError);

  expect(sender.measured.sums()).toEqual({ 'SendTryFailed Unexpected': 1 });
});
