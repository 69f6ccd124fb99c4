/** One run of `detach`: read, show, ask, put back, compare, report. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { type Detached, detach } from '../../shared/pool/attachment.ts';
import { type ChangeTarget, isTriggerChange, type PoolChange, undoOf } from '../../shared/pool/changes.ts';
import { functionsAt, PLACES, type TriggerArns, type TriggerPlace } from '../../shared/pool/places.ts';
import type { PoolApi } from '../../shared/pool/pool-api.ts';
import { type PoolState, readPoolState } from '../../shared/pool/pool-state.ts';
import { lossesOf } from '../../shared/pool/rules/refusals.ts';
import { count } from '../../shared/words/times.ts';
import { clientNamesOf, targetWords } from '../pool/change-words.ts';
import { changedMeanwhile, differs } from '../pool/outcome-words.ts';
import type { PoolSource } from '../pool/source.ts';
import { declined, type Talk } from '../pool/talk.ts';
import { strandedWords, type UndoFile } from '../pool/undo-file.ts';
import type { DetachOptions } from './options.ts';
import { clientFates, undoText } from './words.ts';

export interface DetachRun {
  readonly source: Pick<PoolSource, 'api' | 'deployment'>;
  readonly options: Pick<DetachOptions, 'plan' | 'withoutUndo'>;
  readonly undo: UndoFile;
  readonly talk: Talk;
}

const BY_STACK =
  'The stack itself has attached the pool, so it is the one to take off the triggers: it does when EmailOtp is taken out of it or gets another pool, or when it is deleted.';

/** The changes that this command may undo. Of a stack that sets the triggers itself, only what was closed besides. */
const readUndoable = ({ source: { deployment }, undo }: DetachRun): readonly PoolChange[] => {
  const { attachedBy } = deployment;
  const refuse = (why: string) => new CommandError(`${why} Nothing was changed.`, EXIT.refused);
  if (attachedBy === 'template') {
    throw refuse('The stack makes the pool, so the triggers go when EmailOtp is taken out of it.');
  }
  const kept = undo.read();
  if (attachedBy === 'deployment' && kept.some(isTriggerChange)) throw refuse(strandedWords(undo.path));
  return kept;
};

/** The places in which our functions stand although nothing is kept of what was there. */
const unkept = ({ source: { deployment } }: DetachRun, { pool }: PoolState, kept: readonly PoolChange[]) =>
  PLACES.filter(
    (place: TriggerPlace) =>
      functionsAt(place, pool.properties).includes(deployment.triggers[place]) &&
      !kept.some(({ at, property }) => at === 'pool' && property.startsWith(`LambdaConfig.${place}`)),
  );

const refuseUnkept = (run: DetachRun, state: PoolState, kept: readonly PoolChange[]): void => {
  const places = unkept(run, state, kept);
  if (run.options.withoutUndo || places.length === 0) return;
  throw new CommandError(
    `${run.undo.path} does not say what was in ${places.join(', ')} before. Name the undo file with --undo; or --without-undo empties these places. Nothing was changed.`,
    EXIT.refused,
  );
};

/** Throws `CommandError` unless it is detached then. */
const report = (run: DetachRun, state: PoolState, kept: readonly PoolChange[], outcome: Detached): void => {
  const { undo, talk, source } = run;
  const names = clientNamesOf(state);
  // The document is the last thing: if the file cannot be set aside, the command fails.
  const aside = outcome.kind === 'done' ? undo.setAside(kept) : undefined;
  talk.document({
    userPoolId: source.deployment.userPoolId,
    outcome,
    ...(aside !== undefined && { undo: aside }),
  });
  switch (outcome.kind) {
    case 'refused':
      throw new CommandError(['Nothing was changed.', ...outcome.refusals].join('\n'), EXIT.refused);
    case 'changedMeanwhile':
      throw changedMeanwhile(outcome, names);
    case 'differs':
      throw differs(outcome);
    case 'done':
      talk.say(
        `\nDetached. ${count(outcome.changes.length, 'property was', 'properties were')} put back, read again and compared.${aside === undefined ? '' : ` The undo file is ${aside} now.`}`,
      );
  }
};

/** Says how far it has come if it fails. */
const putBack = async (
  { source: { api }, talk }: DetachRun,
  state: PoolState,
  kept: readonly PoolChange[],
  ours: TriggerArns | undefined,
): Promise<Detached> => {
  const done: ChangeTarget[] = [];
  const noting: PoolApi = {
    ...api,
    updatePool: async (input) => {
      await api.updatePool(input);
      done.push('pool');
    },
    updateClient: async (clientId, input) => {
      await api.updateClient(clientId, input);
      done.push({ clientId });
    },
  };
  try {
    return await detach(noting, kept, ours);
  } catch (error) {
    const names = clientNamesOf(state);
    const words = done.map((at) => targetWords(at, names)).join(', ');
    talk.progress(`Put back so far: ${words || 'nothing'}. Run the command again to go on.`);
    throw error;
  }
};

/** Throws `CommandError` unless the pool is detached then, and the errors of AWS and of the file system. */
export const detachPool = async (run: DetachRun): Promise<void> => {
  const { source, options, undo, talk } = run;
  const { userPoolId, triggers, attachedBy } = source.deployment;
  const kept = readUndoable(run);
  talk.progress(`Reading the user pool ${userPoolId} and its clients …`);
  const state = await readPoolState(source.api);
  const ours = attachedBy === 'deployment' ? undefined : triggers;
  if (ours !== undefined) refuseUnkept(run, state, kept);
  const undone = undoOf(state, kept, ours);
  const refusals = lossesOf(state, undone.changes);
  const planned = { ...undone, refusals, notes: ours === undefined ? [BY_STACK] : [] };
  talk.say(undoText(userPoolId, state, planned));
  if (options.plan) {
    talk.document({ userPoolId, plan: { ...planned, clients: clientFates(state, planned.changes) } });
    if (refusals.length === 0) return;
    throw new CommandError('It would be refused; the plan says why.', EXIT.refused);
  }
  undo.requireWritable();
  const asks = planned.changes.length > 0 && refusals.length === 0;
  if (asks && !(await talk.agreesTo(`detach ${userPoolId}`))) throw declined();
  report(run, state, kept, await putBack(run, state, kept, ours));
};
