/** Every state and every problem in a language that nobody speaks: no sentence stays English, and no placeholder stays empty. */
import { describe, expect, test } from 'vitest';
import type { CodeFate } from '../../../../client/code-fate.ts';
import type { CodeNews } from '../../../../client/news.ts';
import type { ProblemCode } from '../../../../client/problem.ts';
import { describeNews } from '../../../../client/words/code-words.ts';
import { describeCodeTime, describeResendWait } from '../../../../client/words/countdown-words.ts';
import { describeStep } from '../../../../client/words/describe-step.ts';
import { ENGLISH } from '../../../../client/words/english.ts';
import type { StepWords, Wording } from '../../../../client/words/wording.ts';
import type { DeliveryStatus } from '../../../../shared/domain/challenge.ts';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { pseudoText, pseudoTexts } from '../../../support/client/pseudo-language.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const PSEUDO: Wording = { language: 'en-GB', words: pseudoTexts(ENGLISH.words) };
const FROM_RIGHT: Wording = { language: 'he', words: pseudoTexts(ENGLISH.words, true) };

const WHYS = ['expired', 'missed', 'elsewhere', 'addressChanged', 'unknown'] as const;
const NEWS: Readonly<Record<CodeNews['kind'], readonly CodeNews[]>> = {
  codeAsked: [{ kind: 'codeAsked' }],
  stepResumed: [{ kind: 'stepResumed' }],
  wrongCode: [{ kind: 'wrongCode' }],
  notACode: [{ kind: 'notACode' }],
  codeReplaced: WHYS.map((why) => ({ kind: 'codeReplaced', why })),
  mailOrdered: [true, false].flatMap((newCode) =>
    [true, false].map((another) => ({ kind: 'mailOrdered', newCode, another }) as const),
  ),
  mailNotOrdered: [{ kind: 'mailNotOrdered' }],
  limitReached: [{ kind: 'limitReached' }],
  mailStatus: [{ kind: 'mailStatus' }],
  codeOver: WHYS.map((why) => ({ kind: 'codeOver', why })),
  codeExpired: [{ kind: 'codeExpired' }],
  noAnswer: [{ kind: 'noAnswer' }],
  busy: [{ kind: 'busy' }],
};

const DELIVERIES: Readonly<Record<DeliveryStatus, true>> = {
  SENDING: true,
  DEFERRED: true,
  SENT: true,
  FAILED: true,
  DELIVERED: true,
  DELAYED: true,
  BOUNCED: true,
  SUPPRESSED: true,
  REJECTED: true,
};

const CHANGES: readonly Partial<CodeChallenge>[] = [
  {},
  { triesUntilLock: 1, attemptsLeft: 1 },
  { triesUntilLock: 5 },
  { resendAt: NOW + 900_000 },
  { resendAt: NOW + 900_000, limited: 'SEND_LIMIT' },
  { resendAt: Number.NaN, limited: 'ORDER_LIMIT' },
];

const CHALLENGES = Object.keys(DELIVERIES).flatMap((delivery) =>
  CHANGES.map((changes) => aCodeChallenge(NOW, { ...changes, delivery: delivery as DeliveryStatus })),
);

const toldOfCodes = (wording: Wording) =>
  Object.values(NEWS).flatMap((news) =>
    news.flatMap((one) =>
      CHALLENGES.map((challenge) => describeNews(one, { challenge, now: NOW, wording }).text),
    ),
  );

const PROBLEMS = [...Object.keys(ENGLISH.words.problem), 'passwordNotAllowed'].filter(
  (code) => code !== 'lockedForGood',
) as readonly ProblemCode[];
const FATES: readonly CodeFate[] = [
  { kind: 'none' },
  { kind: 'renewed' },
  { kind: 'unknown' },
  { kind: 'works', until: NOW + 20_500 },
];
const DETAILS = ['numeric', 'regular expression', 'SMS_MFA'];

const toldOfProblems = (wording: Wording) =>
  PROBLEMS.flatMap((code) =>
    [Number.POSITIVE_INFINITY, NOW + 900_000].flatMap((retryAt) =>
      DETAILS.flatMap((detail) =>
        FATES.map((fate) => {
          const problem = { code, next: 'startOver', retryAt, detail } as const;
          return describeStep({ kind: 'password', username: 'alice', problem, fate }, NOW, wording).text;
        }),
      ),
    ),
  );

const toldOfTimes = (wording: Wording) => [
  describeStep({ kind: 'signedIn' }, NOW, wording).text,
  describeResendWait({ resendAt: NOW + 29_000 }, NOW, wording),
  describeResendWait({ resendAt: NOW + 900_000 }, NOW, wording),
  describeCodeTime({ codeSeconds: 299 }, wording),
  describeCodeTime({ codeSeconds: 0 }, wording),
];

const everything = (wording: Wording) => [
  ...toldOfCodes(wording),
  ...toldOfProblems(wording),
  ...toldOfTimes(wording),
];

describe('in a language that nobody speaks', () => {
  test('everything that is said is translated, and filled in', () => {
    const told = everything(PSEUDO);

    expect(told.length).toBeGreaterThan(1_000);
    expect(told.filter((text) => !/^(\[[^[\]]+\] ?)+$/.test(text ?? ''))).toEqual([]);
    expect(told.filter((text) => /[{}]|undefined|NaN|Invalid/.test(text ?? ''))).toEqual([]);
  });

  test('every sentence of the catalogue is said somewhere, but for those of the hints', () => {
    const told = everything(ENGLISH).join('\n');
    const { noMail, ...said } = ENGLISH.words;
    const sentences = Object.values(said as Omit<StepWords, 'noMail'>).flatMap((group) =>
      Object.entries(group).map(([key, text]) => ({
        key,
        text: typeof text === 'string' ? text : text.other,
      })),
    );
    const pattern = (text: string) =>
      new RegExp(text.replaceAll(/[.?()]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^\\n]+'));

    expect(Object.keys(noMail)).toEqual(['title', 'status', 'spam', 'address', 'order', 'support']);
    // The other rules of a password are said in the same way.
    const rules = ['tooShort', 'lowercase', 'uppercase', 'symbol'];
    expect(sentences.filter(({ text }) => !pattern(text).test(told)).map(({ key }) => key)).toEqual(rules);
  });

  test('from right to left, what is filled in keeps its own direction', () => {
    const { text } = describeStep(
      {
        kind: 'code',
        challenge: aCodeChallenge(NOW),
        news: { kind: 'mailStatus' },
        pending: undefined,
        codeSeconds: 300,
        resendSeconds: 30,
        isMailOverdue: false,
        may: { answer: true, resend: false, status: true },
      },
      NOW,
      FROM_RIGHT,
    );

    expect(text).toMatch(/^\[א [^a-z]*\u2068a\*\*\*@e\*\*\*\.com\u2069/);
    expect(everything(PSEUDO).join('')).not.toMatch(/[\u2066-\u2069]/);
  });

  test('a text is in brackets, 40 % longer, with its placeholders', () => {
    const text = 'The code works for another {countdown}.';

    expect(pseudoText(text)).toMatch(/^\[ţĥé çöðé .* \{countdown\}\. ~~~~ /);
    expect(pseudoText(text).length / text.length).toBeGreaterThan(1.35);
    expect(pseudoText(text, true)).toMatch(/^\[\p{Script=Hebrew}+ .*\{countdown\}\. /u);
  });
});

test('sentences that end as in Chinese and Japanese follow without a space', () => {
  const { words } = ENGLISH;
  const step = { ...words.step, resumed: '続きから再開します。' };
  const mail = { ...words.mail, sending: '{digits}桁のコードを{destination}に送信中です。' };
  const wording = { language: 'ja', words: { ...words, step, mail } };

  expect(
    describeNews({ kind: 'stepResumed' }, { challenge: aCodeChallenge(NOW), now: NOW, wording }).text,
  ).toBe('続きから再開します。6桁のコードをa***@e***.comに送信中です。');
});
