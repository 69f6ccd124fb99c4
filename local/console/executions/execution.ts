/** The types of executions and state machines that the local system serves. */
import type { LocalAnswers } from '../../api/types.ts';

export type ShownExecution = LocalAnswers['executions.json'][number];
export type ShownEvent = ShownExecution['history'][number];
export type ShownMachine = LocalAnswers['state-machines.json'][number];
export type ShownDefinition = ShownMachine['definition'];
export type ShownState = ShownDefinition['States'][string];

/** Returns the last part of the ARN, which is unique; several executions may have the same name. */
export const executionId = ({ executionArn }: Pick<ShownExecution, 'executionArn'>): string =>
  executionArn.split(':').at(-1) ?? executionArn;

/** Returns the challenge id from an execution's name, which is `<challenge id>-<delivery>`. */
export const challengeIdOf = ({ name }: Pick<ShownExecution, 'name'>): string | undefined =>
  /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})-\d+$/.exec(name)?.[1];

/** Keeps the end of a name: names begin with a time-ordered id, so the beginnings look alike. */
export const shortName = (name: string): string => (name.length > 12 ? `…${name.slice(-8)}` : name);

export interface StatusWords {
  readonly tone: 'good' | 'bad' | 'accent';
  readonly text: string;
}

export const STATUS_WORDS: Readonly<Record<ShownExecution['status'], StatusWords>> = {
  RUNNING: { tone: 'accent', text: 'Running' },
  SUCCEEDED: { tone: 'good', text: 'Succeeded' },
  FAILED: { tone: 'bad', text: 'Failed' },
  TIMED_OUT: { tone: 'bad', text: 'Timed out' },
  ABORTED: { tone: 'bad', text: 'Aborted' },
};
