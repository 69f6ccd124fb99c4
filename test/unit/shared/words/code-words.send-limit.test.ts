import { describe, expect, test } from 'vitest';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { afterAnswer, afterPassword, afterReload, afterResend } from '../../../../shared/words/code-words.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

/** Years before this machine's clock says so: the times are the service's. */
const NOW = new Date(2020, 2, 2, 12).getTime();
const MINUTE = 60_000;

const aChallenge = (changes: Partial<CodeChallenge> = {}) =>
  aCodeChallenge(NOW, {
    status: 'SAME',
    resendAt: NOW + 14 * MINUTE,
    delivery: 'SENT',
    limited: 'SEND_LIMIT',
    ...changes,
  });

const PAGE = { orderAnother: 'order another mail below', now: NOW };

const STILL_WORKS =
  'The code that went to a***@e***.com last still works; another mail can be ordered from 12:14 on.';

describe('a mail that would be one too many', () => {
  test.each([
    ['resend', afterResend, 'SAME', 'SEND_LIMIT', 'too many codes were ordered and not used'],
    ['password', afterPassword, 'NEW', 'SEND_LIMIT', 'too many codes were ordered and not used'],
    ['resend', afterResend, 'SAME', 'ORDER_LIMIT', 'too many codes were ordered'],
  ] as const)(
    'is refused in words after a %s, with the code that works and the time: %s %s',
    (_, after, status, limited, why) => {
      expect(after({ ...PAGE, challenge: aChallenge({ status, limited }) })).toEqual({
        tone: 'plain',
        text: `No other mail was sent, because ${why}. ${STILL_WORKS}`,
      });
    },
  );

  test('brings no new code for one that is dead; an earlier one is named', () => {
    const { tone, text } = afterAnswer({
      ...PAGE,
      challenge: aChallenge({ status: 'REPLACED' }),
      before: aChallenge({ attemptsLeft: 1 }),
    });

    expect(tone).toBe('bad');
    expect(text).toBe(`That code can no longer be used: it was missed too often. ${STILL_WORKS}`);
  });

  test('is not spoken of again when the page is loaded again', () => {
    expect(afterReload({ ...PAGE, challenge: aChallenge() }).text).toMatch(
      /^Your sign-in goes on where it was\. A code/,
    );
  });
});
