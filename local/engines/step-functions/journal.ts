/** Stores executions on disk before StartExecution returns and at each step, so that a killed system can continue. */
import type { State } from '../../ground/state.ts';
import type { Execution } from './execution.ts';

/** How many finished executions are kept for display. */
const KEPT = 300;

export interface Journal {
  save(execution: Execution): void;
  /** Returns the executions in the order in which they were started. */
  all(): readonly Execution[];
}

/** Calls `onSave` with each changed execution. */
export const createJournal = (state: State, onSave: (execution: Execution) => void): Journal => {
  const documents = state.documents<Execution>('execution');
  const isFinished = ({ status }: Execution) => status !== 'RUNNING';
  const finished = documents
    .all()
    .filter(isFinished)
    .map(({ executionArn }) => executionArn);
  return {
    save: (execution) => {
      documents.put(execution.executionArn, execution);
      if (isFinished(execution)) {
        finished.push(execution.executionArn);
        for (const oldest of finished.splice(0, finished.length - KEPT)) documents.delete(oldest);
      }
      onSave(execution);
    },
    all: () => documents.all(),
  };
};
