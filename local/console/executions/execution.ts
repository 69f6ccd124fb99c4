/** Executions and state machines as the local system tells of them. */
import type { LocalAnswers } from '../../api/types.ts';

export type Execution = LocalAnswers['executions.json'][number];
export type HistoryEvent = Execution['history'][number];
export type Machine = LocalAnswers['state-machines.json'][number];
export type Definition = Machine['definition'];
export type StateDefinition = Definition['States'][string];

/** Executions may share a name; the last part of the ARN tells them apart. */
export const executionId = ({ executionArn }: Pick<Execution, 'executionArn'>): string =>
  executionArn.split(':').at(-1) ?? executionArn;

/** The challenge that it mails: its name is `<challenge id>-<delivery>`. */
export const challengeIdOf = ({ name }: Pick<Execution, 'name'>): string | undefined =>
  /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})-\d+$/.exec(name)?.[1];

/** Names begin with a time-ordered id, so that the end is what differs. */
export const shortName = (name: string): string => (name.length > 12 ? `…${name.slice(-8)}` : name);

export interface StatusWords {
  readonly tone: 'good' | 'bad' | 'accent';
  readonly text: string;
}

export const STATUS_WORDS: Readonly<Record<Execution['status'], StatusWords>> = {
  RUNNING: { tone: 'accent', text: 'Running' },
  SUCCEEDED: { tone: 'good', text: 'Succeeded' },
  FAILED: { tone: 'bad', text: 'Failed' },
  TIMED_OUT: { tone: 'bad', text: 'Timed out' },
  ABORTED: { tone: 'bad', text: 'Aborted' },
};
