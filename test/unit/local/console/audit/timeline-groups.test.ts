import { describe, expect, it } from 'vitest';
import { groupSteps, itemKey } from '../../../../../local/console/audit/timeline-groups.ts';
import { timelineOf } from '../../../../../shared/words/timeline.ts';
import { aChallenge, aFact, SECOND } from '../../../../support/table/challenges.ts';

/** The timeline of these facts, a second apart; each line as the names of the steps in it. */
const linesOf = (...names: readonly string[]) => {
  const events = Object.fromEntries(names.map((name, index) => [name, aFact(index * SECOND)]));
  return groupSteps(timelineOf(aChallenge({ events })));
};
const namesOf = (lines: ReturnType<typeof linesOf>) =>
  lines.map((line) => (line.kind === 'step' ? line.step.name : line.steps.map(({ name }) => name)));

describe('the lines of a timeline', () => {
  it('have wrong answers that follow on each other in one group', () => {
    const lines = linesOf('1#REQUESTED', 'attempt#1', 'attempt#2', 'attempt#3', 'EXHAUSTED');

    expect(namesOf(lines)).toEqual(['1#REQUESTED', ['attempt#1', 'attempt#2', 'attempt#3'], 'EXHAUSTED']);
  });

  it('have a single one as it is, and begin anew after something else', () => {
    const lines = linesOf('1#REQUESTED', 'attempt#1', '1#DELIVERED', 'attempt#2', 'attempt#3');

    expect(namesOf(lines)).toEqual(['1#REQUESTED', 'attempt#1', '1#DELIVERED', ['attempt#2', 'attempt#3']]);
  });

  it('keep the name of a group while it grows, so that it stays open', () => {
    const before = linesOf('1#REQUESTED', 'attempt#1', 'attempt#2').map(itemKey);
    const after = linesOf('1#REQUESTED', 'attempt#1', 'attempt#2', 'attempt#3').map(itemKey);

    expect(after).toEqual(before);
    expect(new Set(after).size).toBe(2);
  });
});
