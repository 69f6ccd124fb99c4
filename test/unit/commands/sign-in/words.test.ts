import { describe, expect, test } from 'vitest';
import type { CodeReply } from '../../../../commands/sign-in/sign-in-flow.ts';
import { describeChallenge, time } from '../../../../commands/sign-in/words.ts';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const TODAY = new Date().setHours(12, 0, 0, 0);

const aChallenge = (changes: Partial<CodeChallenge> = {}) =>
  aCodeChallenge(TODAY, { status: 'SAME', resendAt: TODAY + 900_000, delivery: 'SENT', ...changes });

const ANSWER = { answer: '123456' };
const LIMITED = { sendLimited: true };

describe('the command says', () => {
  test.each<[string, Partial<CodeChallenge>, CodeReply | undefined, RegExp]>([
    ['that a code is on its way', { status: 'NEW' }, undefined, /^A code is on its way to a\*\*\*@e/],
    ['how many tries a wrong code leaves', { attemptsLeft: 4 }, ANSWER, /^That is not the code.*left: 4\.$/],
    ['that what was typed cannot be a code', {}, ANSWER, /^That could not be read as a code.* 6 digits/],
    ['that a code is replaced', { status: 'REPLACED' }, ANSWER, /no longer valid\. A new one is on its/],
    ['that another mail goes out', { deliveryNumber: 2 }, 'resend', /^Mail 2 with the same code/],
    [
      'that a mail was ordered too soon',
      {},
      'resend',
      /^No other mail was sent yet: the last one was ordered/,
    ],
    ['that a mail failed', { delivery: 'FAILED', attemptsLeft: 4 }, ANSWER, /tries left: 4\. The mail could/],
    ['that a resend was refused', LIMITED, 'resend', /^No other mail was sent.* ordered from 12:15 on\.$/],
    ['that a sign-in mails nothing', { ...LIMITED, status: 'NEW' }, undefined, /^No other mail was sent/],
    [
      'which code works where none is mailed for a dead one',
      { ...LIMITED, status: 'REPLACED' },
      ANSWER,
      /^That code is no longer valid\. No other mail .* went to a\*\*\*@e\*\*\*\.com last works until /,
    ],
  ])('%s', (_, changes, last, words) => {
    expect(describeChallenge(aChallenge(changes), last, aChallenge())).toMatch(words);
  });
});

test('a time that the service did not give is said to be soon', () => {
  expect(time(Number.NaN)).toBe('soon');
});
