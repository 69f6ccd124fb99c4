import { describe, expect, test } from 'vitest';
import { describeNews } from '../../../../client/words/code-words.ts';
import { ENGLISH } from '../../../../client/words/english.ts';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { toldAfter } from '../../../support/client/told-after.ts';
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

const PAGE = { wording: ENGLISH, now: NOW };

const STILL_WORKS =
  'The code in the newest mail to a***@e***.com still works. A new mail is possible from 12:14 on.';

describe('a mail that would be one too many', () => {
  test.each([
    ['resend', 'SAME', 'SEND_LIMIT', 'too many codes were ordered and not used'],
    ['password', 'NEW', 'SEND_LIMIT', 'too many codes were ordered and not used'],
    ['resend', 'SAME', 'ORDER_LIMIT', 'too many codes were ordered'],
  ] as const)(
    'is refused in words after a %s, with the code that works and the time: %s %s',
    (call, status, limited, why) => {
      expect(toldAfter(call, { ...PAGE, challenge: aChallenge({ status, limited }) })).toEqual({
        tone: 'plain',
        text: `No new mail was sent, because ${why}. ${STILL_WORKS}`,
      });
    },
  );

  test('brings no new code for one that is dead; an earlier one is named', () => {
    const { tone, text } = toldAfter('answer', {
      ...PAGE,
      challenge: aChallenge({ status: 'REPLACED' }),
      before: aChallenge({ attemptsLeft: 1 }),
    });

    expect(tone).toBe('bad');
    expect(text).toBe(`That code can no longer be used: wrong codes were typed too often. ${STILL_WORKS}`);
  });

  test('is not spoken of again when the page is loaded again', () => {
    const { text } = describeNews({ kind: 'stepResumed' }, { ...PAGE, challenge: aChallenge() });

    expect(text).toMatch(/^Your sign-in goes on where it was\. A code/);
  });
});
