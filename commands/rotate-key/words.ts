/** The texts that the command `rotate-key` prints. They hold times and versions, never a key. */

import { KEY_CACHE_MS } from '../../shared/lambda/key-source.ts';
import { duration } from '../../shared/words/times.ts';
import type { KeyAddition, KeyReplacement, RotationRefusal } from './plan.ts';

const iso = (at: number): string => new Date(at).toISOString();
const CACHE = duration(KEY_CACHE_MS);

/** Printed before an emergency replacement. */
export const WARNING = `This replaces every key of the codes at once.
- Every code that is out stops working within ${CACHE}. Those users have to ask for a new one; each answer with the old
  code counts as a wrong answer.
- For those ${CACHE} functions may still hold the old keys, so that a code that is asked for now may be refused, and one
  that somebody computed from an old key may be accepted. For at once, see "Without waiting" in docs/key-rotation.md.`;

export const QUESTION = 'Type "replace all keys" to go on: ';
export const CONFIRMATION = 'replace all keys';

export interface Rotation {
  readonly plan: KeyAddition | KeyReplacement;
  readonly now: number;
  /** How many keys there were before; undefined if the keyring was not parsed. */
  readonly had: number | undefined;
  readonly secretArn: string;
  readonly replaced: string;
  readonly versionId: string;
}

/** Says what the rotation did. */
export const toReport = ({ plan, now, had = 0, secretArn, replaced, versionId }: Rotation): string => {
  const where = `Version ${versionId} of ${secretArn} took the place of ${replaced}.`;
  if (plan.kind === 'replace') {
    return `All keys are replaced by a new one, at ${iso(now)}. Functions take it up within ${CACHE}.\n${where}`;
  }
  const dropped = had - plan.keep.length;
  return `A new key holds for codes from ${iso(plan.notBefore)} on, in ${duration(plan.notBefore - now)}. Codes that are out keep working.
Keys kept: ${plan.keep.length}, dropped because no code can need them any more: ${dropped}.
${where}`;
};

/** Says why a rotation does not take place. */
export const toRefusal = (plan: RotationRefusal): string => {
  const why =
    plan.kind === 'announced'
      ? `The newest key is not in force yet; it will be from ${iso(plan.notBefore)} on.`
      : `The last rotation was at ${iso(plan.rotatedAt)}, less than a day ago.`;
  return `${why} Nothing was changed. The key can be rotated again from ${iso(plan.again)} on. If it is known to somebody: --emergency.`;
};
