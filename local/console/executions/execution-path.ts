/** Reads from an execution's history the way that it took through its states. */
import { count, duration } from '../../../shared/words/times.ts';
import type { ShownEvent, ShownExecution } from './execution.ts';

export interface TaskTry {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly error?: string;
  readonly cause?: string;
  /** The wait before the next try. */
  readonly waitMs?: number;
}

/** `stopped` means that the execution or the system ended during the visit. */
export type VisitOutcome = 'running' | 'succeeded' | 'caught' | 'failed' | 'stopped';

export interface Visit {
  readonly state: string;
  readonly enteredAt: number;
  readonly leftAt?: number;
  readonly outcome: VisitOutcome;
  readonly tries: readonly TaskTry[];
  /** The state that a catcher led to. */
  readonly caughtTo?: string;
  readonly input?: unknown;
  readonly output?: unknown;
}

/** Returns the events of the latest run. After a restart of the system the execution runs again from its start. */
const latestRun = (history: readonly ShownEvent[]): readonly ShownEvent[] => {
  const start = history.findLastIndex(({ type }) => type === 'ExecutionStarted');
  return history.slice(Math.max(start, 0));
};

const replaceLast = <Item>(items: readonly Item[], change: (last: Item) => Item): readonly Item[] => {
  const last = items.at(-1);
  return last === undefined ? items : [...items.slice(0, -1), change(last)];
};

/** Applies one event to the current visit. */
const advance = (visit: Visit, event: ShownEvent): Visit => {
  const { type, at, error, cause } = event;
  const failed = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  switch (type) {
    case 'StateFailed':
      return {
        ...visit,
        leftAt: at,
        outcome: 'failed',
        tries: replaceLast(visit.tries, (last) => ({ ...last, ...failed, endedAt: at })),
      };
    case 'StateRetried': {
      const { leftAt: _, ...open } = visit;
      const waited = replaceLast(visit.tries, (last) => ({
        ...last,
        waitMs: at - (last.endedAt ?? at),
      }));
      return { ...open, outcome: 'running', tries: [...waited, { startedAt: at }] };
    }
    case 'StateCaught':
      return { ...visit, outcome: 'caught', ...(event.next !== undefined && { caughtTo: event.next }) };
    case 'StateExited':
      return {
        ...visit,
        leftAt: at,
        // A state is also exited after a caught error.
        outcome: visit.outcome === 'caught' ? 'caught' : 'succeeded',
        tries: replaceLast(visit.tries, (last) => ({ ...last, endedAt: last.endedAt ?? at })),
        ...(event.output !== undefined && { output: event.output }),
      };
    default:
      return visit;
  }
};

const enter = ({ state = '', at, input }: ShownEvent): Visit => ({
  state,
  enteredAt: at,
  outcome: 'running',
  tries: [{ startedAt: at }],
  ...(input !== undefined && { input }),
});

/** Corrects the last visit: while the execution runs, a failed state may be retried; after that, an open visit was stopped. */
const settle = (visit: Visit, isLast: boolean, status: ShownExecution['status']): Visit => {
  if (!isLast) return visit;
  const { leftAt: _, ...open } = visit;
  if (status === 'RUNNING') return visit.outcome === 'failed' ? { ...open, outcome: 'running' } : visit;
  return visit.outcome === 'running' ? { ...visit, outcome: 'stopped' } : visit;
};

export const tracePath = ({
  history,
  status,
}: Pick<ShownExecution, 'history' | 'status'>): readonly Visit[] => {
  let visits: readonly Visit[] = [];
  for (const event of latestRun(history)) {
    if (event.type === 'StateEntered') visits = [...visits, enter(event)];
    else if (event.state !== undefined) visits = replaceLast(visits, (visit) => advance(visit, event));
  }
  return visits.map((visit, index) => settle(visit, index === visits.length - 1, status));
};

export const retriesOf = ({ tries }: Visit): number => tries.length - 1;

export const took = ({ enteredAt, leftAt }: Visit): string | undefined =>
  leftAt === undefined ? undefined : duration(leftAt - enteredAt);

const ENDS: Readonly<Record<VisitOutcome, string>> = {
  running: 'under way',
  succeeded: 'succeeded',
  caught: 'gave up',
  failed: 'failed',
  stopped: 'was stopped',
};

/** True for the types of states that only end the execution. */
export const isEnding = (type: string | undefined): boolean => type === 'Succeed' || type === 'Fail';

/** For instance `succeeded after 3 retries`. */
export const describeVisit = (visit: Visit, type = 'Task'): string => {
  const retries = retriesOf(visit);
  const end = isEnding(type) ? 'ended the execution' : ENDS[visit.outcome];
  return retries === 0 ? end : `${end} after ${count(retries, 'retry', 'retries')}`;
};
