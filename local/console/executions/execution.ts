/** Executions and state machines as the local system tells of them. Times are epoch milliseconds of its clock. */

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface HistoryEvent {
  readonly type: string;
  readonly at: number;
  readonly state?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** Of `StateCaught`: where the catcher leads. */
  readonly next?: string;
}

export interface Execution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** More than one after a restart of the system. */
  readonly runs: number;
  readonly history: readonly HistoryEvent[];
}

export interface StateDefinition {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly definition: Definition;
}

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

export const STATUS_WORDS: Readonly<Record<ExecutionStatus, StatusWords>> = {
  RUNNING: { tone: 'accent', text: 'Running' },
  SUCCEEDED: { tone: 'good', text: 'Succeeded' },
  FAILED: { tone: 'bad', text: 'Failed' },
  TIMED_OUT: { tone: 'bad', text: 'Timed out' },
  ABORTED: { tone: 'bad', text: 'Aborted' },
};
