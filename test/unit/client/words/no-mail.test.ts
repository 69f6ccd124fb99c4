import { describe, expect, test } from 'vitest';
import { type CodeStep, createCodeStep, resumeCodeStep } from '../../../../client/code-step.ts';
import { ENGLISH } from '../../../../client/words/english.ts';
import { noMailHints } from '../../../../client/words/no-mail.ts';
import type { DeliveryStatus } from '../../../../shared/domain/challenge.ts';
import { type CodeChallenge, writePublicParameters } from '../../../../shared/messages/public-parameters.ts';
import { scriptedCalls } from '../../../support/client/scripted-calls.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

/** The step some seconds after its mail was ordered, by a clock that can be asked. */
const stepAfter = (seconds: number, changes: Partial<CodeChallenge> = {}): CodeStep => {
  let now = NOW;
  const calls = scriptedCalls();
  const clock = { now: () => now, compare: async () => {} };
  const challenge = aCodeChallenge(NOW, { now: NOW, statusesLeft: 12, ...changes });
  const step = createCodeStep({
    calls,
    clock,
    username: 'alice@example.com',
    parameters: writePublicParameters(challenge),
  });
  now += seconds * 1000;
  return step;
};

const hintsOf = ({ state }: CodeStep) => (state.kind === 'code' ? noMailHints(state) : undefined);

describe('who has no mail yet', () => {
  test.each<[DeliveryStatus, string]>([
    ['SENDING', 'status address order support'],
    ['SENT', 'status spam address order support'],
    ['DELAYED', 'status spam address order support'],
    ['DELIVERED', 'spam address order support'],
    ['FAILED', 'order support'],
    ['REJECTED', 'order support'],
    ['BOUNCED', 'address support'],
    ['SUPPRESSED', 'address support'],
  ])('is told what helps after 20 seconds: %s', (delivery, hints) => {
    expect(hintsOf(stepAfter(20, { delivery }))).toEqual(hints.split(' '));
    expect(hintsOf(stepAfter(19, { delivery }))).toEqual([]);
  });

  test('is not told to ask what cannot be asked any more', () => {
    expect(hintsOf(stepAfter(20, { delivery: 'SENT', statusesLeft: 0 }))).not.toContain('status');
  });

  test('is told nothing more when the code works no longer', () => {
    expect(hintsOf(stepAfter(300, { delivery: 'SENT' }))).toEqual([]);
    expect(hintsOf(stepAfter(30, { delivery: 'SENT', status: 'OVER' }))).toEqual([]);
  });

  test('is told the same after the page was loaded again', () => {
    const saved = JSON.parse(JSON.stringify(stepAfter(0, { delivery: 'SENT' })));
    const clock = { now: () => NOW + 20_000, compare: async () => {} };

    expect(hintsOf(resumeCodeStep({ calls: scriptedCalls(), clock }, saved))).toContain('spam');
  });

  test('has a sentence for each hint', () => {
    const { title, ...sentences } = ENGLISH.words.noMail;

    expect(title).toBe('No mail?');
    expect(hintsOf(stepAfter(20, { delivery: 'SENT' }))?.toSorted()).toEqual(
      Object.keys(sentences).toSorted(),
    );
  });
});
