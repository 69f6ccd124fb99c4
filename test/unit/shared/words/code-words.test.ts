import { describe, expect, test } from 'vitest';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { afterAnswer, afterPassword, afterReload, afterResend } from '../../../../shared/words/code-words.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const aChallenge = (changes: Partial<CodeChallenge> = {}) => aCodeChallenge(NOW, changes);

const PAGE = { orderAnother: 'order another mail below', now: NOW };

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
      'you have 4 tries left',
    ],
    [
      'the last try',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 1 }),
      before,
      'bad',
      'you have 1 try left',
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
      before,
      'good',
      'Another mail with the same code',
    ],
    [
      'a resend too soon',
      afterResend,
      aChallenge({ status: 'SAME' }),
      before,
      'plain',
      'No other mail was sent yet',
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
      'was mailed to a***@e***.com. Your mail provider has taken it; if you do not see it, look in the spam folder.',
    ],
    [
      'a mail that is delayed',
      afterReload,
      aChallenge({ delivery: 'DELAYED' }),
      undefined,
      'plain',
      'Please wait, or order another mail below.',
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
      'We may not send mail to a***@e***.com',
    ],
    [
      'a mail that SES rejected',
      afterPassword,
      aChallenge({ delivery: 'REJECTED' }),
      undefined,
      'bad',
      'if that does not help, contact support.',
    ],
    [
      'a wrong code when the mail is delayed',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'DELAYED' }),
      before,
      'bad',
      'That is not the code; you have 4 tries left. The mail is delayed',
    ],
    [
      'a wrong code when the mail came back',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'BOUNCED' }),
      before,
      'bad',
      'That is not the code. The mail came back',
    ],
    [
      'a wrong code when the mail has arrived',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'DELIVERED' }),
      before,
      'bad',
      'Type the one in the newest mail; you have 4 tries left.',
    ],
    [
      'a wrong code when the mail failed',
      afterAnswer,
      aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'FAILED' }),
      before,
      'bad',
      'could not be sent',
    ],
  ] as const)('after %s', (_, describeCode, challenge, earlier, tone, words) => {
    const notice = describeCode({ ...PAGE, challenge, before: earlier });

    expect(notice).toMatchObject({ tone, text: expect.stringContaining(words) });
  });
});

describe('how another mail is ordered is said in the words of the medium', () => {
  const TERMINAL = { orderAnother: 'type "resend" for another mail', now: NOW };

  test.each([
    ['FAILED', 'could not be sent. Type "resend" for another mail, or try again later.'],
    [
      'REJECTED',
      'could not be sent. Type "resend" for another mail; if that does not help, contact support.',
    ],
    ['DELAYED', 'Please wait, or type "resend" for another mail.'],
  ] as const)('where the mail is %s', (delivery, words) => {
    const { text } = afterPassword({ ...TERMINAL, challenge: aChallenge({ delivery }) });

    expect(text).toContain(words);
    expect(text).not.toContain('below');
  });
});
