import { describe, expect, test } from 'vitest';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { afterAnswer, afterPassword, afterReload, afterResend } from '../../../../shared/words/code-words.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = new Date().setHours(12, 0, 0, 0);
const MINUTE = 60_000;

const aChallenge = (changes: Partial<CodeChallenge> = {}) =>
  aCodeChallenge(NOW, {
    status: 'SAME',
    resendAt: NOW + 14 * MINUTE,
    delivery: 'SENT',
    limited: 'SEND_LIMIT',
    ...changes,
  });

const PAGE = { orderAnother: 'order another mail below' };

describe('a mail that would be one too many', () => {
  test.each([
    ['resend', afterResend, 'SAME'],
    ['password', afterPassword, 'NEW'],
  ] as const)('is refused in words after a %s, with the code that works and the time', (_, after, status) => {
    expect(after({ ...PAGE, challenge: aChallenge({ status }) })).toEqual({
      tone: 'plain',
      text: 'No other mail was sent, because too many were ordered. The code that went to a***@e***.com last still works; another mail can be ordered from 12:14 on.',
    });
  });

  test('brings no new code for one that is dead; an earlier one is named', () => {
    const { tone, text } = afterAnswer({
      ...PAGE,
      challenge: aChallenge({ status: 'REPLACED' }),
      before: aChallenge(),
    });

    expect(tone).toBe('bad');
    expect(text).toMatch(/missed too often\. The code that went to a\*\*\*@e\*\*\*\.com last still works;/);
    expect(text).not.toContain('on its way');
  });

  test('is not spoken of again when the page is loaded again', () => {
    expect(afterReload({ ...PAGE, challenge: aChallenge() }).text).toMatch(
      /^Your sign-in goes on where it was\. A code/,
    );
  });
});
