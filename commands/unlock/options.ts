/** The options of `npm run unlock`. */
import { usageError } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { withoutAddresses } from '../../shared/domain/redact.ts';
import { readSource, readSub, SOURCE_OPTIONS, type Source } from '../common/source.ts';

export interface UnlockOptions {
  readonly userId: string;
  /** Why the user is unlocked. The trail keeps it. */
  readonly reason: string;
  readonly source: Source;
}

/** In characters. The trail keeps the reason, and the size of its item is limited. */
export const MAX_REASON = 200;

export const UNLOCK = {
  command: 'npm run unlock',
  synopsis: '--sub <sub> --reason "<text>" [options]',
  summary: 'lets a user sign in again whom wrong codes have locked',
  options: {
    sub: { kind: 'text', value: '<sub>', words: 'whom; npm run audit -- --user <email> shows it' },
    reason: {
      kind: 'text',
      value: '<text>',
      words: `why, for the trail: at most ${MAX_REASON} characters, no address, no code`,
    },
    ...SOURCE_OPTIONS,
  },
  exits: {
    done: 'unlocked',
    notFound: 'nothing known of this user',
    refused: 'not locked, nothing changed',
  },
} as const satisfies Usage;

const readReason = (text: string): string => {
  const reason = text.trim();
  if (reason === '') throw usageError('--reason is missing; the trail keeps why somebody was unlocked');
  if (reason.length > MAX_REASON) throw usageError(`--reason takes at most ${MAX_REASON} characters`);
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(reason))
    throw usageError('--reason takes one line of printable characters');
  if (withoutAddresses(reason) !== reason)
    throw usageError('--reason must not hold an address; the trail keeps it');
  return reason;
};

/** Throws `CommandError`. */
export const readUnlockOptions = (args: readonly string[]): UnlockOptions => {
  const values = readValues(UNLOCK.options, args);
  if (values.sub === undefined) throw usageError('--sub is missing; it says whom to unlock');
  return {
    userId: readSub(values.sub, 'see npm run audit -- --user'),
    reason: readReason(values.reason ?? ''),
    source: readSource(values),
  };
};
