import { describe, expect, test } from 'vitest';
import type { CodeFate } from '../../../../client/code-fate.ts';
import { createCodeStep } from '../../../../client/code-step.ts';
import { describeStep } from '../../../../client/words/describe-step.ts';
import { writePublicParameters } from '../../../../shared/messages/public-parameters.ts';
import { scriptedCalls } from '../../../support/client/scripted-calls.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const aStep = () =>
  createCodeStep({
    calls: scriptedCalls(),
    username: 'alice@example.com',
    parameters: writePublicParameters(aCodeChallenge(NOW, { now: NOW, delivery: 'FAILED' })),
  });

describe('a step', () => {
  test('that asks for the code is told by what happened last', () => {
    const step = aStep();

    expect(describeStep(step.state, step.now()).text).toMatch(
      /^The mail with the code could not be sent\. Order a new mail below\./,
    );
  });

  test('that is done is told so', () => {
    expect(describeStep({ kind: 'signedIn' }, NOW)).toEqual({
      tone: 'good',
      text: 'The password and the code were right.',
    });
  });

  test.each<[CodeFate, string]>([
    [{ kind: 'none' }, ''],
    [
      { kind: 'renewed' },
      ' A new code will be mailed then, unless too many were ordered; use the newest mail.',
    ],
    [{ kind: 'unknown' }, ' The code that you have may still work then; if a newer mail comes, use that.'],
    [
      { kind: 'works', until: NOW + 20_500 },
      ' If you sign in again within 20 seconds, the code that you have still works.',
    ],
    [
      { kind: 'works', until: NOW + 1_000 },
      ' If you sign in again within 1 second, the code that you have still works.',
    ],
    [
      { kind: 'works', until: NOW + 999 },
      ' A new code will be mailed then, unless too many were ordered; use the newest mail.',
    ],
  ])('that begins anew says what becomes of the code: %j', (fate, words) => {
    const problem = { code: 'sessionExpired', next: 'startOver' } as const;

    expect(describeStep({ kind: 'password', username: 'alice', problem, fate }, NOW)).toEqual({
      tone: 'bad',
      text: `The sign-in has ended because it took too long. Please sign in again.${words}`,
    });
  });
});
