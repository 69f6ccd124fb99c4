/** One run of `attach --check`: what of the pool is not as it was attached. */
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
import { driftOf } from '../../shared/pool/drift.ts';
import { readPoolState } from '../../shared/pool/pool-state.ts';
import { wrongOptions } from '../../shared/pool/rules/refusals.ts';
import { count } from '../../shared/words/times.ts';
import type { PoolSource } from '../pool/source.ts';
import type { Talk } from '../pool/talk.ts';

/** `accept` are ids of doors that may be open besides those of the deployment. Throws `CommandError` if it finds something, and the errors of AWS. */
export const reportDrift = async (
  { api, deployment, now }: Pick<PoolSource, 'api' | 'deployment' | 'now'>,
  accept: readonly string[],
  talk: Talk,
): Promise<void> => {
  const { userPoolId } = deployment;
  const state = await readPoolState(api);
  const [wrong] = wrongOptions(state, { close: [], replace: [], accept }, []);
  if (wrong !== undefined) throw usageError(wrong);
  const findings = driftOf(state, { ...deployment, accept: [...deployment.accepted, ...accept], now });
  talk.document({ userPoolId, findings });
  if (findings.length === 0) return talk.say(`The user pool ${userPoolId} is as it was attached.`);
  for (const { kind, at, harm, remedy } of findings) talk.say(`${kind} ${at}\n  ${harm}\n  ${remedy}`);
  const found = count(findings.length, 'thing is', 'things are');
  throw new CommandError(`${found} not as attached in the user pool ${userPoolId}.`, EXIT.drift);
};
