import { describe, expect, test } from 'vitest';
import type { CodeChallenge, CodeReply } from '../../../../commands/sign-in/sign-in-flow.ts';
import { describeChallenge } from '../../../../commands/sign-in/words.ts';

const TODAY = new Date().setHours(12, 0, 0, 0);

const aChallenge = (changes: CodeChallenge = {}): CodeChallenge => ({
  challenge: 'SAME',
  destination: 'a***@e***.com',
  codeLength: '6',
  attemptsLeft: '5',
  expiresAt: new Date(TODAY + 300_000).toISOString(),
  resendAt: new Date(TODAY + 900_000).toISOString(),
  delivery: 'SENT',
  deliveryNumber: '1',
  ...changes,
});

const ANSWER = { answer: '123456' };
const LIMITED = { refused: 'SEND_LIMIT' };

describe('the command says', () => {
  test.each<[string, CodeChallenge, CodeReply | undefined, RegExp]>([
    ['that a code is on its way', { challenge: 'NEW' }, undefined, /^A code is on its way to a\*\*\*@e/],
    [
      'how many tries a wrong code leaves',
      { attemptsLeft: '4' },
      ANSWER,
      /^That is not the code.*left: 4\.$/,
    ],
    ['that what was typed cannot be a code', {}, ANSWER, /^That could not be read as a code.* 6 digits/],
    ['that a code is replaced', { challenge: 'REPLACED' }, ANSWER, /no longer valid\. A new one is on its/],
    ['that another mail goes out', { deliveryNumber: '2' }, 'resend', /^Mail 2 with the same code/],
    [
      'that a mail was ordered too soon',
      {},
      'resend',
      /^No other mail was sent yet: the last one was ordered/,
    ],
    [
      'that a mail failed',
      { delivery: 'FAILED', attemptsLeft: '4' },
      ANSWER,
      /tries left: 4\. The mail could/,
    ],
    ['that a resend was refused', LIMITED, 'resend', /^No other mail was sent.* ordered from 12:15 on\.$/],
    ['that a sign-in mails nothing', { ...LIMITED, challenge: 'NEW' }, undefined, /^No other mail was sent/],
    [
      'which code works where none is mailed for a dead one',
      { ...LIMITED, challenge: 'REPLACED' },
      ANSWER,
      /^That code is no longer valid\. No other mail .* went to a\*\*\*@e\*\*\*\.com last works until /,
    ],
  ])('%s', (_, changes, last, words) => {
    expect(describeChallenge(aChallenge(changes), last, aChallenge())).toMatch(words);
  });
});
