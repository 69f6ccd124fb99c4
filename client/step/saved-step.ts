/** Reads a step that was saved. */
import { type CodeChallenge, readPublicParameters } from '../../shared/messages/public-parameters.ts';
import type { CodeCalls } from '../calls.ts';
import type { CodeNews } from '../news.ts';
import type { SavedStep } from '../step-state.ts';
import type { StepMemory } from './step-memory.ts';

/** Of the form of a saved step. */
export const SAVED_VERSION = 1;

export interface ReadStep {
  readonly memory: StepMemory;
  /** The service's time in epoch milliseconds; undefined if it is not known. */
  readonly now: number | undefined;
  readonly isTooLate: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** JSON has no `NaN`, which stands for a time that the service did not say. */
const withTimes = (challenge: CodeChallenge): CodeChallenge => ({
  ...challenge,
  expiresAt: challenge.expiresAt ?? Number.NaN,
  resendAt: challenge.resendAt ?? Number.NaN,
});

const areNumbers = (fields: Fields, ...names: readonly string[]): boolean =>
  names.every((name) => typeof fields[name] === 'number');

/** Whether this version of the library has saved it. What somebody has changed by hand may be caught or not. */
const isOurs = (saved: unknown): saved is SavedStep => {
  const { version, username, challenge, awaited, ...times } = fieldsOf(saved);
  const { expiresAt = null, resendAt = null, ...asked } = fieldsOf(challenge);
  return (
    version === SAVED_VERSION &&
    typeof username === 'string' &&
    areNumbers(times, 'repliedAt', 'savedAt', 'now') &&
    areNumbers(fieldsOf(awaited), 'since') &&
    areNumbers(asked, 'codeLength', 'attemptsLeft', 'deliveryNumber') &&
    [asked.status, asked.destination, asked.delivery].every((text) => typeof text === 'string') &&
    [expiresAt, resendAt].every((time) => time === null || typeof time === 'number')
  );
};

const NOTHING: Omit<ReadStep, 'isTooLate'> = {
  now: undefined,
  memory: {
    username: '',
    stored: {
      kind: 'code',
      challenge: readPublicParameters({}),
      news: { kind: 'stepResumed' },
      pending: undefined,
    },
    awaited: { since: 0, asked: true },
    repliedAt: 0,
    isTyping: false,
  },
};

/** Never fails: what is none of our steps is a step that is too old, and so is one whose session is gone. */
export const readSavedStep = (
  saved: unknown,
  { keptMs = Number.POSITIVE_INFINITY, session }: Pick<CodeCalls, 'keptMs' | 'session'>,
): ReadStep => {
  if (!isOurs(saved)) return { ...NOTHING, isTooLate: true };
  const { username, challenge, awaited, savedAt, repliedAt, now, pending } = saved;
  const news: CodeNews =
    challenge.status === 'OVER' ? { kind: 'codeOver', why: 'unknown' } : { kind: 'stepResumed' };
  return {
    memory: {
      username,
      stored: { kind: 'code', challenge: withTimes(challenge), news, pending: undefined },
      awaited,
      repliedAt,
      isTyping: false,
      ...(pending && { unheard: pending }),
    },
    now: now + Date.now() - savedAt,
    isTooLate: Date.now() - repliedAt >= keptMs || (session !== undefined && session() === undefined),
  };
};
