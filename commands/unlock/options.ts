/** The options of the command `unlock`. */
import { usageError } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { MAX_REASON, readReason } from '../../shared/words/unlock-reason.ts';
import { type NamedUser, readNamedUser } from '../common/named-user.ts';
import { readSource, SOURCE_OPTIONS, type Source } from '../common/source.ts';

export interface UnlockOptions {
  readonly whose: NamedUser;
  /** Why the user is unlocked. The trail keeps it. */
  readonly reason: string;
  /** Whether to remove the mails that count against the user's limits, too. */
  readonly mails: boolean;
  readonly source: Source;
}

export const UNLOCK = {
  name: 'unlock',
  synopsis: '--user <email> --reason "<text>" [options]',
  summary: 'lets a user sign in again whom wrong codes or a report have locked',
  options: {
    user: { kind: 'text', value: '<email>', words: 'whom; also by user name' },
    sub: { kind: 'text', value: '<sub>', words: 'whom, by sub, even if the user is deleted' },
    reason: {
      kind: 'text',
      value: '<text>',
      words: `why, for the trail: at most ${MAX_REASON} characters, no address, no code`,
    },
    mails: {
      kind: 'flag',
      words: 'also make room for further mails; the ceiling of orders stays as it is',
    },
    ...SOURCE_OPTIONS,
  },
  exits: {
    done: 'unlocked',
    notFound: 'no such user, or nothing known of them',
    refused: 'not locked, nothing changed',
  },
} as const satisfies Usage;

const readReasonOption = (text: string): string => {
  const read = readReason(text);
  if (read.kind === 'problem') throw usageError(`--reason ${read.problem}`);
  return read.reason;
};

/** Throws `CommandError`. */
export const readUnlockOptions = (args: readonly string[]): UnlockOptions => {
  const values = readValues(UNLOCK.options, args);
  const whose = readNamedUser(values.user, values.sub);
  if (whose === undefined) throw usageError('--user or --sub is missing; it says whom to unlock');
  return {
    whose,
    reason: readReasonOption(values.reason ?? ''),
    mails: values.mails,
    source: readSource(values),
  };
};
