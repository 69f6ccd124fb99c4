import { describe, expect, test } from 'vitest';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { describeChallenge, keepWaiting } from '../../../../web/sign-in/code-challenge.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = new Date().setHours(12, 0, 0, 0);
const MINUTE = 60_000;

const aChallenge = (changes: Partial<CodeChallenge> = {}) =>
  aCodeChallenge(NOW, {
    status: 'SAME',
    resendAt: NOW + 14 * MINUTE,
    delivery: 'SENT',
    sendLimited: true,
    ...changes,
  });

describe('a mail that would be one too many', () => {
  test.each([
    ['resend', 'SAME'],
    ['password', 'NEW'],
  ] as const)('is refused in words after a %s, with the code that works and the time', (action, status) => {
    expect(describeChallenge(action, aChallenge({ status }))).toEqual({
      tone: 'plain',
      text: 'No other mail was sent, because you have had as many as we may send for now. The code that went to a***@e***.com last still works; another mail can be ordered from 12:14 on.',
    });
  });

  test('brings no new code for one that is dead; an earlier one is named', () => {
    const { tone, text } = describeChallenge('code', aChallenge({ status: 'REPLACED' }), aChallenge());

    expect(tone).toBe('bad');
    expect(text).toMatch(/missed too often\. The code that went to a\*\*\*@e\*\*\*\.com last still works;/);
    expect(text).not.toContain('on its way');
  });

  test('is not spoken of again when the page is loaded again', () => {
    expect(describeChallenge('reload', aChallenge()).text).toMatch(
      /^Your sign-in goes on where it was\. A code/,
    );
  });

  test('cannot be ordered sooner because a wrong code was typed in between', () => {
    const afterWrongCode = aChallenge({ sendLimited: false, resendAt: NOW - MINUTE });

    expect(keepWaiting(afterWrongCode, aChallenge())).toEqual({
      ...afterWrongCode,
      resendAt: NOW + 14 * MINUTE,
    });
  });
});

test('a challenge waits for its own cooldown where nothing else holds it back', () => {
  const challenge = aChallenge({ resendAt: NOW + MINUTE });

  expect(keepWaiting(challenge, undefined)).toEqual(challenge);
  expect(keepWaiting(challenge, aChallenge({ resendAt: NOW - MINUTE }))).toEqual(challenge);
});
