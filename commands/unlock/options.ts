/** The options of `npm run unlock`. */
import { parseArgs } from 'node:util';
import { withoutAddresses } from '../../shared/domain/address.ts';
import { readSource, SOURCE_OPTIONS, SOURCE_USAGE, type Source } from '../common/source.ts';
import { readSub } from '../common/sub.ts';
import { UsageError } from '../sign-in/options.ts';

export interface UnlockOptions {
  readonly userId: string;
  /** For the trail. */
  readonly reason: string;
  readonly source: Source;
}

export const EXIT = { unlocked: 0, failed: 1, usage: 2, unknown: 3, notLocked: 4 } as const;

/** Characters. The trail keeps it, in an item that has its limits. */
export const MAX_REASON = 200;

export const UNLOCK_USAGE = `npm run unlock -- --sub <sub> --reason "<text>" [options]   lets a user sign in again whom wrong codes have locked
  --sub <sub>             whom; npm run audit -- --user <email> shows it
  --reason <text>         why, for the trail: at most ${MAX_REASON} characters, no address, no code
${SOURCE_USAGE}
Exit codes: ${EXIT.unlocked} unlocked, ${EXIT.notLocked} not locked, nothing changed, ${EXIT.unknown} nothing known of this user, ${EXIT.usage} wrong options, ${EXIT.failed} anything else`;

const usage = (problem: string) => new UsageError(`${problem}\n${UNLOCK_USAGE}`);

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: { sub: { type: 'string' }, reason: { type: 'string' }, ...SOURCE_OPTIONS },
    }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
};

const readReason = (text: string): string => {
  const reason = text.trim();
  if (reason === '') throw usage('--reason is missing; the trail keeps why somebody was unlocked');
  if (reason.length > MAX_REASON) throw usage(`--reason takes at most ${MAX_REASON} characters`);
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(reason)) throw usage('--reason takes one line of printable characters');
  if (withoutAddresses(reason) !== reason)
    throw usage('--reason must not hold an address; the trail keeps it');
  return reason;
};

/** Throws `UsageError`. */
export const readUnlockOptions = (args: readonly string[]): UnlockOptions => {
  const values = parse(args);
  if (values.sub === undefined) throw usage('--sub is missing; it says whom to unlock');
  return {
    userId: readSub(values.sub, usage, 'see npm run audit -- --user'),
    reason: readReason(values.reason ?? ''),
    source: readSource(values, usage),
  };
};
