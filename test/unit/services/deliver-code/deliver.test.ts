import { describe, expect, test } from 'vitest';
import { deliver } from '../../../../services/deliver-code/deliver.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { KeyringError } from '../../../../shared/domain/keyring.ts';
import { LEASE_SECONDS } from '../../../../shared/domain/limits.ts';
import type { LeaseClaim } from '../../../../shared/table/challenge-store.ts';
import {
  ADDRESS_HASH,
  aChallenge,
  aFact,
  EMAIL,
  KEY,
  MINUTE,
  NOW,
  REF,
  SECOND,
} from '../../../support/table/challenges.ts';
import { aDelivery, aSender } from './a-sender.ts';

const CODE = deriveCode(KEY, REF, 6);
const RESENT = { '1#REQUESTED': aFact(NOW - MINUTE), '2#RESEND_REQUESTED': aFact(NOW - 2 * SECOND) };

describe('a delivery that is due', () => {
  test('is claimed before the mail is sent', async () => {
    const { deliver, calls } = await aSender();

    await deliver();

    expect(calls).toEqual(['keyFor', 'addressKey', 'claimLease', 'sendMail']);
  });

  test('is answered with what the workflow logs, and without the code', async () => {
    const { deps } = await aSender();
    const delivery = aDelivery({ retries: 2 });

    const answer = await deliver(deps, delivery, 'invocation-1');

    expect(answer).toEqual({
      kind: 'sent',
      messageId: 'message-1',
      sentAt: new Date(NOW + SECOND).toISOString(),
      try: 3,
    });
  });

  test('mails the challenge’s code to the address, in the language asked for', async () => {
    const { deliver, sent } = await aSender();

    await deliver(aDelivery({ locale: 'de-AT' }));

    expect(sent[0]?.envelope).toMatchObject({ email: 'alice@example.com', ...REF, delivery: 1 });
    expect(sent[0]?.mail.language).toBe('de');
    expect(sent[0]?.mail.text.split('\n')).toContain(CODE);
  });

  test('mails the same code in every delivery of a challenge', async () => {
    const { deliver, sent } = await aSender([aChallenge({ events: RESENT })]);

    await deliver();
    await deliver(aDelivery({ delivery: 2, execution: 'execution-2' }));

    expect(sent[0]?.mail).toEqual(sent[1]?.mail);
  });

  test.each([
    [5 * MINUTE, '5 minutes'],
    [4 * MINUTE + 46 * SECOND, '5 minutes'],
    [4 * MINUTE + 44 * SECOND, '4 minutes'],
    [MINUTE, 'one minute'],
    [5 * SECOND, 'one minute'],
  ])('says of a code with %i ms left that it works within %s', async (left, validity) => {
    const { deliver, sent } = await aSender([aChallenge({ expiresAt: NOW + SECOND + left })]);

    await deliver();

    expect(sent[0]?.mail.text).toContain(validity);
  });

  test('is claimed for longer than the function may run, by this invocation of this try, for this address', async () => {
    const sender = await aSender();
    const claims: LeaseClaim[] = [];
    const challenges = {
      ...sender.deps.challenges,
      claimLease: async (claim: LeaseClaim) => {
        claims.push(claim);
        return aChallenge();
      },
    };

    await deliver({ ...sender.deps, challenges }, aDelivery({ retries: 2 }), 'invocation-7');

    expect(claims[0]).toMatchObject({
      owner: 'invocation-7',
      try: 'execution-1#2',
      addressHash: ADDRESS_HASH,
      until: NOW + SECOND + LEASE_SECONDS * 1000,
    });
  });

  test('goes to the address of the challenge, however it is spelt', async () => {
    const { deliver, sent } = await aSender();

    await deliver(aDelivery({ email: 'Alice@Example.com' }));

    expect(sent[0]?.envelope.email).toBe('Alice@Example.com');
  });

  test.each([
    ['a dot at its end', 'alice@example.com.'],
    ['a space of no width before it', '\u200balice@example.com'],
    ['white space around it', ' alice@example.com\n'],
    ['fullwidth letters', 'alice@ｅｘａｍｐｌｅ.com'],
  ])('is mailed in the form that was compared: SES would refuse it with %s', async (_, email) => {
    const { deliver, sent } = await aSender();

    await deliver(aDelivery({ email }));

    expect(sent[0]?.envelope.email).toBe(EMAIL);
  });

  test.each(['keyFor', 'addressKey'] as const)('throws what reading a secret does (%s)', async (source) => {
    const { deps, calls } = await aSender();
    const keyless = {
      ...deps,
      [source]: async () => {
        throw new KeyringError('no key');
      },
    };

    await expect(deliver(keyless, aDelivery(), 'invocation-1')).rejects.toThrow(KeyringError);
    expect(calls).not.toContain('claimLease');
  });

  test('is measured with the time since it was ordered', async () => {
    const { deliver, measured } = await aSender([aChallenge({ events: RESENT })]);

    await deliver(aDelivery({ delivery: 2 }));

    expect(measured.sums()).toEqual({ CodeSent: 1, TimeToSent: 3 * SECOND });
  });
});

describe('a delivery that is not due', () => {
  test.each([
    ['VERIFIED', aChallenge({ outcome: 'VERIFIED' })],
    ['EXHAUSTED', aChallenge({ outcome: 'EXHAUSTED' })],
    ['REPLACED', aChallenge({ outcome: 'REPLACED' })],
    ['expired', aChallenge({ expiresAt: NOW + SECOND })],
    ['given up', aChallenge({ events: { '1#REQUESTED': aFact(), '1#SEND_FAILED': aFact() } })],
  ])('fails as ChallengeClosed without a mail (%s)', async (_, stored) => {
    const { deliver, calls, measured } = await aSender([stored]);

    await expect(deliver()).rejects.toMatchObject({ name: 'ChallengeClosed' });

    expect(calls).toEqual(['keyFor', 'addressKey', 'claimLease', 'read']);
    expect(measured.sums()).toEqual({ 'SendTryFailed ChallengeClosed': 1 });
  });

  test('fails as LeaseHeld while another execution may be sending, which is no failed try', async () => {
    const { deliver, sent, measured } = await aSender();
    await deliver();
    measured.clear();

    const second = deliver(aDelivery({ execution: 'execution-2' }));

    await expect(second).rejects.toMatchObject({ name: 'LeaseHeld' });
    expect(sent).toHaveLength(1);
    expect(measured.sums()).toEqual({});
  });

  test.each(['SENT', 'ACCEPTED'])(
    'is answered like the first time when it was sent before (%s), also after the challenge is over',
    async (fact) => {
      const events = { '1#REQUESTED': aFact(), [`1#${fact}`]: aFact(NOW, { messageId: 'message-0' }) };
      const { deliver, sent } = await aSender([aChallenge({ events, outcome: 'VERIFIED' })]);

      const delivered = await deliver();

      expect(delivered).toEqual({
        kind: 'alreadySent',
        messageId: 'message-0',
        sentAt: new Date(NOW).toISOString(),
        try: 1,
      });
      expect(sent).toEqual([]);
    },
  );

  test.each([
    ['executions', (n: number) => aDelivery({ execution: `execution-${n}` })],
    ['invocations for the same try of the same execution', () => aDelivery()],
  ])('is sent by no more than one of eight concurrent %s', async (_, event) => {
    const { deliver, sent } = await aSender();

    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => deliver(event(n))));

    expect(sent).toHaveLength(1);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(7);
  });
});
