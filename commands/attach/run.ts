/** One run of `attach`, or of what it would do: read, plan, ask, keep, write, compare, report. */

import { isTainted } from '../../shared/clients/client-standing.ts';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { type Attached, attach } from '../../shared/pool/attachment.ts';
import { formerIn, isTriggerChange } from '../../shared/pool/changes.ts';
import { type Plan, planAttach, type Wish } from '../../shared/pool/plan.ts';
import { type PoolState, readPoolState } from '../../shared/pool/pool-state.ts';
import { acceptedIn } from '../../shared/pool/rules/refusals.ts';
import type { ClientRecord } from '../../shared/table/client-records.ts';
import { changedMeanwhile, differs } from '../pool/outcome-words.ts';
import type { PoolSource } from '../pool/source.ts';
import { declined, type Talk } from '../pool/talk.ts';
import { strandedWords, type UndoFile } from '../pool/undo-file.ts';
import { type Dating, dateNotes, dateRefusals, movedBy, recordDates, recordedDates } from './dates.ts';
import type { AttachOptions } from './options.ts';
import { clientNames, clientsWords, doneWords, planText } from './plan-words.ts';

export interface AttachRun {
  readonly source: PoolSource;
  readonly options: Pick<AttachOptions, 'close' | 'replace' | 'accept' | 'until'>;
  readonly undo: UndoFile;
  readonly talk: Talk;
}

const datingOf = (
  { source: { deployment, now }, options: { close, until } }: AttachRun,
  records: readonly ClientRecord[],
): Dating => ({
  ...{ deployment, close, now },
  recorded: records.filter(isTainted),
  until: until === undefined ? undefined : new Date(until(now)).toISOString(),
});

/** Throws `CommandError` for an undo file that is another pool's. */
const wishOf = (run: AttachRun, dating: Dating): Wish => {
  const { triggers, eventVersion, reporting, codeSeconds, region } = run.source.deployment;
  const { close, replace, accept } = run.options;
  const { until } = dating;
  return {
    ...{ triggers, eventVersion, reporting, codeSeconds, region, close, replace, accept },
    former: formerIn(run.undo.read()),
    ...(until !== undefined && { until }),
    refusedFrom: recordedDates(dating),
    passes: 'any',
    now: run.source.now,
  };
};

/** What the core cannot refuse: it knows neither the records of clients nor how old the deployment is. */
const furtherRefusals = (run: AttachRun, dating: Dating, plan: Plan): readonly string[] => {
  const { knowsTaints, attachedBy } = run.source.deployment;
  return [
    ...(attachedBy === 'template' && plan.changes.length > 0
      ? ['The stack makes the pool itself. Change the pool and its clients there, and deploy it.']
      : []),
    ...(knowsTaints || plan.tainted.length === 0
      ? []
      : [
          `Users could get tokens without a code at ${clientsWords(plan, plan.tainted)}, and the stack is of a release whose functions cannot tell those tokens from others. Deploy a newer one first.`,
        ]),
    ...dateRefusals(dating, plan),
  ];
};

const notesOf = (
  { source: { deployment }, undo }: AttachRun,
  dating: Dating,
  plan: Plan,
): readonly string[] => [
  ...(deployment.namesPool
    ? []
    : [
        'The stack does not name the pool, so nobody here knows whether the pool may call its functions. Without that nobody can sign in; the output Permissions has the commands.',
      ]),
  ...(deployment.attachedBy === 'deployment'
    ? [
        'The stack sets the triggers itself, and takes them off in the end. What is closed here stays closed then; detach opens it again.',
        ...(undo.read().some(isTriggerChange) ? [strandedWords(undo.path)] : []),
      ]
    : []),
  ...dateNotes(dating, plan),
];

interface Planning {
  readonly dating: Dating;
  readonly planOf: (state: PoolState) => Plan;
  readonly notesOn: (plan: Plan) => readonly string[];
  /** Shows it once, however often it is planned. */
  show(plan: Plan): void;
}

/** Throws `CommandError` for a time in the past, and as `wishOf`. */
const preparePlan = async (run: AttachRun): Promise<Planning> => {
  const { records, deployment } = run.source;
  const { userPoolId } = deployment;
  run.talk.progress(`Reading the user pool ${userPoolId} and its clients …`);
  const dating = datingOf(run, await records.read(userPoolId));
  const wish = wishOf(run, dating);
  const notesOn = (plan: Plan) => notesOf(run, dating, plan);
  let isShown = false;
  return {
    dating,
    planOf: (state) => {
      const accept = [...acceptedIn(state, deployment.accepted), ...wish.accept];
      const plan = planAttach(state, { ...wish, accept });
      return { ...plan, refusals: [...plan.refusals, ...furtherRefusals(run, dating, plan)] };
    },
    notesOn,
    show: (plan) => {
      if (!isShown) run.talk.say(planText(plan, { userPoolId, notes: notesOn(plan) }));
      isShown = true;
    },
  };
};

/** Writes nothing. Throws `CommandError` if the plan would be refused, and the errors of AWS. */
export const showPlan = async (run: AttachRun): Promise<void> => {
  const { planOf, notesOn, show } = await preparePlan(run);
  const plan = planOf(await readPoolState(run.source.api));
  show(plan);
  run.talk.document({ userPoolId: run.source.deployment.userPoolId, plan, notes: notesOn(plan) });
  if (plan.refusals.length > 0) {
    throw new CommandError('It would be refused; the plan says why.', EXIT.refused);
  }
};

/** Returns the ids of the clients of which something is on record then. */
const keep = async (run: AttachRun, dating: Dating, plan: Plan): Promise<readonly string[]> => {
  // A stack that sets the triggers keeps itself what was there before.
  const isByStack = run.source.deployment.attachedBy === 'deployment';
  const changes = plan.changes.filter((change) => !(isByStack && isTriggerChange(change)));
  if (changes.length > 0) run.undo.keep(changes);
  if (plan.tainted.length === 0) return recordDates(dating, plan, run.source.records);
  // Somebody may have thought about the question for long, and --revoke waits from this time on.
  const { now } = await run.source.again();
  return recordDates({ ...dating, now }, plan, run.source.records);
};

/** `recorded` are the clients of which something is on record. */
const report = (
  { source, undo, talk }: AttachRun,
  notes: readonly string[],
  recorded: readonly string[],
  attached: Attached,
): void => {
  const { plan, ...outcome } = attached;
  talk.document({ userPoolId: source.deployment.userPoolId, plan, notes, outcome, undo: undo.path });
  const names = clientNames(plan);
  switch (outcome.kind) {
    case 'declined':
      throw declined();
    case 'refused':
      throw new CommandError('Nothing was changed; the plan says why.', EXIT.refused);
    case 'changedMeanwhile':
      throw changedMeanwhile({ ...outcome, recorded }, names);
    case 'differs':
      throw differs(outcome);
    case 'done':
      talk.say(doneWords(outcome.changes.length, undo.path));
  }
};

/** Throws `CommandError` unless the pool is attached then, and the errors of AWS and of the file system. */
export const attachPool = async (run: AttachRun): Promise<void> => {
  const { source, undo, talk } = run;
  const { dating, planOf, notesOn, show } = await preparePlan(run);
  const agreement = `attach ${source.deployment.userPoolId}`;
  let hasBegun = false;
  let recorded: readonly string[] = [];
  try {
    const outcome = await attach(source.api, {
      planOf,
      agree: async (plan) => {
        show(plan);
        // A folder that cannot be written is found before anybody is asked.
        undo.requireWritable();
        return talk.agreesTo(agreement);
      },
      keep: async (plan) => {
        hasBegun ||= plan.changes.length > 0;
        // Nobody was asked if the pool itself does not change.
        if (!hasBegun && movedBy(dating, plan).length > 0) {
          show(plan);
          if (!(await talk.agreesTo(agreement))) throw declined();
        }
        recorded = [...recorded, ...(await keep(run, dating, plan))];
        if (plan.changes.length > 0) talk.progress('Writing, then reading again to compare …');
      },
    });
    show(outcome.plan);
    report(run, notesOn(outcome.plan), recorded, outcome);
  } catch (error) {
    if (hasBegun && !(error instanceof CommandError)) {
      talk.progress(
        `Some of it may be written; what was there before is in ${undo.path}. Run the command again to go on, or detach to put it back.`,
      );
    }
    throw error;
  }
};
