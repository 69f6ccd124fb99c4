import { describe, expect, test } from 'vitest';
import type { Mail } from '../../../../services/deliver-code/compose-mail.ts';
import { deliver } from '../../../../services/deliver-code/deliver.ts';
import type { Envelope } from '../../../../services/deliver-code/send-mail.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { deriveCode, hashAddress } from '../../../../shared/domain/code.ts';
import { KeyringError } from '../../../../shared/domain/keyring.ts';
import { LEASE_SECONDS } from '../../../../shared/domain/limits.ts';
import { ReportedError } from '../../../../shared/lambda/reported-error.ts';
import type { DeliveryTask } from '../../../../shared/messages/delivery.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import { aChallenge, aFact, KEY, MINUTE, NOW, REF, SECOND } from '../../../support/table/challenges.ts';
import { observedStores } from '../../../support/table/observed-stores.ts';

const CODE = deriveCode(KEY, REF, 6);

const aDelivery = (changes: Partial<DeliveryTask> = {}): DeliveryTask => ({
  ...REF,
  delivery: 1,
  email: 'alice@example.com',
  locale: 'en',
  execution: 'execution-1',
  retries: 0,
  ...changes,
});

/** A function that sends. */
const aSender = async (stored: readonly Challenge[] = [aChallenge()]) => {
  const stores = await observedStores(stored);
  const measured = createMeasured();
  const sent: { readonly envelope: Envelope; readonly mail: Mail }[] = [];
  const deps = {
    challenges: stores.challenges,
    keyFor: async () => {
      stores.calls.push('keyFor');
      return KEY;
    },
    sendMail: async (envelope: Envelope, mail: Mail) => {
      stores.calls.push('sendMail');
      sent.push({ envelope, mail });
      return `message-${sent.length}`;
    },
    measure: measured.measure,
    now: () => NOW + SECOND,
    codeLength: 6,
  };
  return { deps, sent, measured, stores, calls: stores.calls };
};

describe('a delivery that is due', () => {
  test('is claimed before the mail is sent', async () => {
    const { deps, calls } = await aSender();

    await deliver(deps, aDelivery());

    expect(calls).toEqual(['keyFor', 'claimLease', 'sendMail']);
  });

  test('is answered with what the workflow logs, and without the code', async () => {
    const { deps } = await aSender();

    const delivered = await deliver(deps, aDelivery({ retries: 2 }));

    expect(delivered).toEqual({
      kind: 'sent',
      messageId: 'message-1',
      sentAt: new Date(NOW + SECOND).toISOString(),
      try: 3,
    });
  });

  test('mails the challenge’s code to the address, in the language asked for', async () => {
    const { deps, sent } = await aSender();

    await deliver(deps, aDelivery({ locale: 'de-AT' }));

    expect(sent[0]?.envelope).toMatchObject({ email: 'alice@example.com', ...REF, delivery: 1 });
    expect(sent[0]?.mail.subject).toMatch(/^Ihr Anmeldecode \(/);
    expect(sent[0]?.mail.text.split('\n')).toContain(CODE);
  });

  test('mails the same code in every delivery of a challenge', async () => {
    const { deps, sent } = await aSender();

    await deliver(deps, aDelivery());
    await deliver(deps, aDelivery({ delivery: 2, execution: 'execution-2' }));

    expect(sent[0]?.mail).toEqual(sent[1]?.mail);
  });

  test.each([
    [5 * MINUTE, '5 minutes'],
    [4 * MINUTE + 46 * SECOND, '5 minutes'],
    [4 * MINUTE + 44 * SECOND, '4 minutes'],
    [MINUTE, 'the next minute'],
    [5 * SECOND, 'the next minute'],
  ])('says of a code with %i ms left that it works within %s', async (left, validity) => {
    const { deps, sent } = await aSender([aChallenge({ expiresAt: NOW + SECOND + left })]);

    await deliver(deps, aDelivery());

    expect(sent[0]?.mail.text).toContain(validity);
  });

  test('is claimed for longer than the function may run', async () => {
    const claims: { readonly until: number; readonly owner: string }[] = [];
    const { deps } = await aSender();
    const challenges = {
      ...deps.challenges,
      claimLease: async (claim: (typeof claims)[number]) => {
        claims.push(claim);
        return aChallenge();
      },
    };

    await deliver({ ...deps, challenges }, aDelivery());

    expect(claims[0]).toMatchObject({ owner: 'execution-1', until: NOW + SECOND + LEASE_SECONDS * 1000 });
  });

  test('throws on what SES refuses, and what the keyring does', async () => {
    const { deps } = await aSender();
    const rejected = new ReportedError('EmailRejected', 'MessageRejected');
    const fail = (error: Error) => async () => {
      throw error;
    };

    const refused = deliver({ ...deps, sendMail: fail(rejected) }, aDelivery());
    await expect(refused).rejects.toBe(rejected);

    const keyless = deliver({ ...deps, keyFor: fail(new KeyringError('no key')) }, aDelivery());
    await expect(keyless).rejects.toThrow(KeyringError);
  });
});

describe('what is measured', () => {
  test('is a mail that SES took, and the time since it was asked for', async () => {
    const events = { '1#REQUESTED': aFact(NOW - MINUTE), '2#RESEND_REQUESTED': aFact(NOW - 2 * SECOND) };
    const { deps, measured } = await aSender([aChallenge({ events })]);

    await deliver(deps, aDelivery({ delivery: 2 }));

    expect(measured.sums()).toEqual({ CodeSent: 1, TimeToSent: 3 * SECOND });
  });

  test('is each try that failed, by its reason, and nothing where another execution is sending', async () => {
    const { deps, measured } = await aSender();
    const failing = (error: Error) => ({
      ...deps,
      sendMail: async () => {
        throw error;
      },
    });

    for (const error of [
      new ReportedError('EmailThrottled', 'TooManyRequestsException'),
      new ReportedError('LeaseHeld', 'Another execution is sending this delivery'),
      new TypeError('alice@example.com is undefined'),
    ]) {
      await expect(deliver(failing(error), aDelivery())).rejects.toBe(error);
    }

    expect(measured.sums()).toEqual({ 'SendTryFailed EmailThrottled': 1, 'SendTryFailed Unexpected': 1 });
  });
});

test('claims with a keyed hash of the address', async () => {
  const { deps, stores } = await aSender();

  await deliver(deps, aDelivery({ email: 'Alice@example.com' }));

  const hash = (await stores.stored())?.recipientHash;
  expect(hash).toBe(hashAddress(KEY, 'alice@example.com'));
  expect(hash).not.toBe(hashAddress(KEY, 'bob@example.com'));
});

describe('a delivery that is not due', () => {
  test.each([
    ['ChallengeMissing', []],
    ['ChallengeClosed', [aChallenge({ outcome: 'VERIFIED' })]],
    ['ChallengeClosed', [aChallenge({ outcome: 'EXHAUSTED' })]],
    ['ChallengeClosed', [aChallenge({ expiresAt: NOW + SECOND })]],
  ] satisfies [string, Challenge[]][])('is refused as %s, without a mail', async (name, stored) => {
    const { deps, calls } = await aSender(stored);

    await expect(deliver(deps, aDelivery())).rejects.toMatchObject({ name });

    expect(calls).toEqual(['keyFor', 'claimLease', 'read']);
  });

  test('is refused as LeaseHeld while another execution may be sending', async () => {
    const { deps, sent } = await aSender();
    await deliver(deps, aDelivery());

    const second = deliver(deps, aDelivery({ execution: 'execution-2' }));

    await expect(second).rejects.toMatchObject({ name: 'LeaseHeld' });
    expect(sent).toHaveLength(1);
  });

  test.each(['SENT', 'ACCEPTED'])(
    'is answered like the first time when it was sent before (%s), also after the challenge is over',
    async (fact) => {
      const events = { [`1#${fact}`]: aFact(NOW, { messageId: 'message-0' }) };
      const { deps, sent } = await aSender([aChallenge({ events, outcome: 'VERIFIED' })]);

      const delivered = await deliver(deps, aDelivery());

      expect(delivered).toEqual({
        kind: 'alreadySent',
        messageId: 'message-0',
        sentAt: new Date(NOW).toISOString(),
        try: 1,
      });
      expect(sent).toEqual([]);
    },
  );

  test('is sent by no more than one of eight concurrent executions', async () => {
    const { deps, sent } = await aSender();

    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => deliver(deps, aDelivery({ execution: `execution-${n}` }))),
    );

    expect(sent).toHaveLength(1);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(7);
  });
});
