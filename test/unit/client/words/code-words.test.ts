import { describe, expect, test } from 'vitest';
import { describeNews } from '../../../../client/words/code-words.ts';
import { ENGLISH } from '../../../../client/words/english.ts';
import type { Wording } from '../../../../client/words/wording.ts';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { type AnsweredCall, toldAfter } from '../../../support/client/told-after.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const aChallenge = (changes: Partial<CodeChallenge> = {}) => aCodeChallenge(NOW, changes);

const PAGE = { wording: ENGLISH, now: NOW };

const afterPassword = (asked: AnsweredCall) => toldAfter('password', asked);
const afterAnswer = (asked: AnsweredCall) => toldAfter('answer', asked);
const afterResend = (asked: AnsweredCall) => toldAfter('resend', asked);
const afterReload = (asked: AnsweredCall) => describeNews({ kind: 'stepResumed' }, asked);

describe('what is said of the code', () => {
  const before = aChallenge();

  test.each([
    [
      'the first challenge',
      afterPassword,
      aChallenge(),
      undefined,
      'plain',
      'A code of 6 digits is on its way to a***@e***.com.',
    ],
    ['a reload', afterReload, aChallenge(), undefined, 'plain', 'Your sign-in goes on where it was.'],
    [
      'a wrong code',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 4 }),
      before,
      'bad',
      'You have 4 tries left',
    ],
    [
      'the last try',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 1 }),
      before,
      'bad',
      'You have 1 try left',
    ],
    [
      'an answer that cost no try',
      afterAnswer,
      aChallenge({ status: 'SAME' }),
      before,
      'bad',
      'could not be read as a code',
    ],
    ['a dead code', afterAnswer, aChallenge({ status: 'REPLACED' }), before, 'bad', 'can no longer be used'],
    [
      'a resend',
      afterResend,
      aChallenge({ status: 'SAME', deliveryNumber: 2 }),
      aChallenge({ delivery: 'SENT' }),
      'good',
      'Another mail with the same code is on its way to a***@e***.com.',
    ],
    [
      'a resend too soon',
      afterResend,
      aChallenge({ status: 'SAME' }),
      before,
      'plain',
      'No new mail was sent, because the last one was ordered moments ago. The mail with the code is on its way to',
    ],
    [
      'a resend for a new code',
      afterResend,
      aChallenge({ status: 'REPLACED' }),
      before,
      'good',
      'Earlier codes no longer work',
    ],
    [
      'a mail that failed',
      afterPassword,
      aChallenge({ delivery: 'FAILED' }),
      undefined,
      'bad',
      'could not be sent',
    ],
    [
      'a mail that the recipient’s server took',
      afterPassword,
      aChallenge({ delivery: 'DELIVERED' }),
      undefined,
      'plain',
      'was sent to a***@e***.com. The mail was delivered: your mail provider has taken it. If you do not see it, look in the spam folder.',
    ],
    [
      'a mail that is delayed',
      afterReload,
      aChallenge({ delivery: 'DELAYED' }),
      undefined,
      'plain',
      'was sent to a***@e***.com. The mail is delayed, because your mail provider is slow to take it.',
    ],
    [
      'a mail that SES takes later',
      afterReload,
      aChallenge({ delivery: 'DEFERRED' }),
      undefined,
      'plain',
      'The mail with the code could not be sent yet. It is tried again by itself for about a minute.',
    ],
    [
      'a resend that SES takes later',
      afterResend,
      aChallenge({ status: 'SAME', deliveryNumber: 2, delivery: 'DEFERRED' }),
      before,
      'plain',
      'The mail with the code could not be sent yet.',
    ],
    [
      'an answer that is no code when the mail failed',
      afterAnswer,
      aChallenge({ status: 'SAME', delivery: 'FAILED' }),
      before,
      'bad',
      'Type the 6 digits from the mail. The mail with the code could not be sent. Order a new mail',
    ],
    [
      'a mail that came back',
      afterPassword,
      aChallenge({ delivery: 'BOUNCED' }),
      undefined,
      'bad',
      'a***@e***.com does not take mail. Please contact support.',
    ],
    [
      'a resend too soon to an address that does not take mail',
      afterResend,
      aChallenge({ status: 'SAME', delivery: 'BOUNCED' }),
      before,
      'bad',
      'does not take mail. Please contact support.',
    ],
    [
      'a mail that was held back',
      afterPassword,
      aChallenge({ delivery: 'SUPPRESSED' }),
      undefined,
      'bad',
      'The mail could not be sent: we may not write to a***@e***.com',
    ],
    [
      'a mail that SES rejected',
      afterPassword,
      aChallenge({ delivery: 'REJECTED' }),
      undefined,
      'bad',
      'If that does not help, contact support.',
    ],
    [
      'a wrong code when the mail is delayed',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'DELAYED' }),
      before,
      'bad',
      'That is not the code. You have 4 tries left. The mail is delayed',
    ],
    [
      'a wrong code when the mail came back',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'BOUNCED' }),
      before,
      'bad',
      'That is not the code. The mail was returned',
    ],
    [
      'a wrong code when the mail has arrived',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'DELIVERED' }),
      before,
      'bad',
      'Type the one in the newest mail. You have 4 tries left.',
    ],
  ] as const)('after %s', (_, describeCode, challenge, earlier, tone, words) => {
    const notice = describeCode({ ...PAGE, challenge, before: earlier });

    expect(notice).toMatchObject({ tone, text: expect.stringContaining(words) });
  });
});

test('a wrong code does not hide that the mail failed', () => {
  const challenge = aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'FAILED' });

  expect(afterAnswer({ ...PAGE, challenge }).text).toContain('could not be sent');
});

/** English where a new mail is ordered in another way. */
const withOrder = (now: string): Wording => ({
  ...ENGLISH,
  words: { ...ENGLISH.words, order: { ...ENGLISH.words.order, now } },
});

describe('a mail that the user orders', () => {
  const ordered = (delivery: CodeChallenge['delivery'], status: CodeChallenge['status'] = 'SAME') =>
    afterResend({
      ...PAGE,
      before: aChallenge({ delivery }),
      challenge: aChallenge({ status, deliveryNumber: 2 }),
    });

  test.each(['SENDING', 'DEFERRED', 'FAILED', 'REJECTED', 'SUPPRESSED'] as const)(
    'is not called another one where the first is not known to have left: %s',
    (delivery) => {
      expect(ordered(delivery)).toEqual({
        tone: 'good',
        text: 'The mail with the code is on its way to a***@e***.com.',
      });
    },
  );

  test.each(['SENT', 'DELIVERED', 'DELAYED', 'BOUNCED'] as const)(
    'is another one where the first has left: %s',
    (delivery) => {
      expect(ordered(delivery).text).toBe('Another mail with the same code is on its way to a***@e***.com.');
    },
  );

  test('has a new code where the old one works no longer', () => {
    expect(ordered('FAILED', 'REPLACED').text).toBe(
      'A new code is on its way to a***@e***.com. Earlier codes no longer work.',
    );
  });
});

describe('how a new mail is ordered is said in the words of the medium', () => {
  const TERMINAL = { wording: withOrder('Type "resend".'), now: NOW };

  test.each([
    ['FAILED', 'could not be sent. Type "resend". If that does not help, try again later.'],
    ['REJECTED', 'could not be sent. Type "resend". If that does not help, contact support.'],
  ] as const)('where the mail is %s', (delivery, words) => {
    const { text } = toldAfter('password', { ...TERMINAL, challenge: aChallenge({ delivery }) });

    expect(text).toContain(words);
    expect(text).not.toContain('below');
  });
});
