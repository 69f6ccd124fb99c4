import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AMPLIFY_KEPT_MS } from '../../../client/amplify.ts';
import type { CodeFate } from '../../../client/code-fate.ts';
import type { CodeEnd, CodeNews } from '../../../client/news.ts';
import type { ProblemCode, SignInProblem } from '../../../client/problem.ts';
import { problemOf } from '../../../client/problem.ts';
import type { AskingForCode, CodeStepState } from '../../../client/step-state.ts';
import type { PublicParameters } from '../../../shared/messages/public-parameters.ts';
import { ROOT } from '../structure/sources.ts';

// The tables of docs/client.md have a row for each word that the client library and the service say, and no other row.

const PAGE = readFileSync(join(ROOT, 'docs/client.md'), 'utf8');

/** The rows of the table with this first cell in its head, as cells. */
const rowsOf = (head: string): readonly (readonly string[])[] => {
  const [, table = ''] = PAGE.split(`\n| ${head} |`);
  const [, ...rows] = table.slice(0, table.indexOf('\n\n')).split('\n').slice(1);
  return rows.map((row) => row.slice(2, -2).split(' | '));
};

/** The words in the first cells. */
const wordsOf = (head: string): readonly string[] =>
  rowsOf(head).flatMap(([first = '']) => Array.from(first.matchAll(/`(\w+)`/g), ([, word = '']) => word));

// Records, so that a word that is added only to the type is a type error here.
const STATES: Readonly<Record<CodeStepState['kind'], true>> = { code: true, password: true, signedIn: true };
const NEWS: Readonly<Record<CodeNews['kind'], true>> = {
  codeAsked: true,
  stepResumed: true,
  wrongCode: true,
  notACode: true,
  codeReplaced: true,
  mailOrdered: true,
  mailNotOrdered: true,
  limitReached: true,
  mailStatus: true,
  codeOver: true,
  codeExpired: true,
  noAnswer: true,
  busy: true,
};
const ENDS: Readonly<Record<CodeEnd, true>> = {
  expired: true,
  missed: true,
  elsewhere: true,
  addressChanged: true,
  unknown: true,
};
const FATES: Readonly<Record<CodeFate['kind'], true>> = {
  works: true,
  renewed: true,
  unknown: true,
  none: true,
};
/** What can be done after each. */
const PROBLEMS: Readonly<Record<ProblemCode, SignInProblem['next']>> = {
  wrongPassword: 'startOver',
  tooManyPasswords: 'startOver',
  temporaryPasswordExpired: 'startOver',
  passwordResetRequired: 'startOver',
  passwordNotAllowed: 'correct',
  invalidInput: 'correct',
  userDisabled: 'startOver',
  userNotConfirmed: 'startOver',
  sessionUsed: 'startOver',
  sessionExpired: 'startOver',
  sessionOver: 'startOver',
  sessionUnknown: 'startOver',
  stepForgotten: 'startOver',
  tooManyRounds: 'startOver',
  locked: 'startOver',
  tooManyMails: 'startOver',
  tooManyOrders: 'startOver',
  refused: 'startOver',
  ended: 'startOver',
  alreadySignedIn: 'startOver',
  noAnswer: 'repeat',
  busy: 'repeat',
  tooSlow: 'startOver',
  failed: 'startOver',
  poolMissing: 'startOver',
  unknownStep: 'startOver',
  unknown: 'startOver',
};
const PARAMETERS: Readonly<Record<keyof PublicParameters, true>> = {
  challenge: true,
  destination: true,
  codeLength: true,
  expiresAt: true,
  attemptsLeft: true,
  delivery: true,
  deliveryNumber: true,
  resendAt: true,
  triesUntilLock: true,
  refused: true,
  now: true,
  statusesLeft: true,
};

test.each([
  ['`state.kind`', STATES],
  ['`news.kind`', NEWS],
  ['`why`', ENDS],
  ['`problem.code`', PROBLEMS],
  ['`fate.kind`', FATES],
  ['parameter', PARAMETERS],
])('the table of %s has each word once', (head, words) => {
  expect(wordsOf(head).toSorted()).toEqual(Object.keys(words).toSorted());
});

test('the problems say what can be done, where it is not to start over', () => {
  const said = rowsOf('`problem.code`').map(([word = '', , app = '']) => [
    word.replaceAll('`', ''),
    /^`(correct|repeat)`/.exec(app)?.[1] ?? 'startOver',
  ]);

  expect(Object.fromEntries(said)).toEqual(PROBLEMS);
  for (const name of ['TooManyRequestsException', 'InvalidPasswordException', 'InternalErrorException']) {
    const { code, next } = problemOf({ name }, 'newPassword');
    expect(PROBLEMS[code]).toBe(next);
  }
});

test('what a state has is named, each by its name', () => {
  const [code = ''] = rowsOf('`state.kind`').map(([, has = '']) => has);
  const fields: Readonly<Record<Exclude<keyof AskingForCode, 'kind'>, true>> = {
    challenge: true,
    news: true,
    pending: true,
    codeSeconds: true,
    resendSeconds: true,
    isMailOverdue: true,
    may: true,
  };

  expect(Object.keys(fields).filter((field) => !code.includes(`\`${field}\``))).toEqual([]);
});

test('the times are those of the library', () => {
  const step = readFileSync(join(ROOT, 'client/code-step.ts'), 'utf8');
  const calls = readFileSync(join(ROOT, 'client/step/one-at-a-time.ts'), 'utf8');

  expect(step).toContain('ASK_AFTER_MS = 6_000');
  expect(PAGE).toContain('Once, 6 seconds after a mail was ordered');
  expect(calls).toContain('PAUSES_MS: readonly number[] = [500, 1_500, 3_000]');
  expect(PAGE).toContain('after 0.5, 1.5 and 3 seconds');
  expect(Math.ceil(AMPLIFY_KEPT_MS / 60_000)).toBe(3);
});
