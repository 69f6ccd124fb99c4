/** Carries out what CloudFormation asks for: a pool is attached, or gets back what was there before. */
import { createHash } from 'node:crypto';
import { type AttachmentOrder, readAttachment } from '../../shared/deployment/attachment.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { attach, detach } from '../../shared/pool/attachment.ts';
import { formerIn, functionIn, mergeChanges, type PoolChange } from '../../shared/pool/changes.ts';
import { jsonObject } from '../../shared/pool/json.ts';
import { functionsAt, PLACES } from '../../shared/pool/places.ts';
import { type Plan, planAttach } from '../../shared/pool/plan.ts';
import type { PoolApi } from '../../shared/pool/pool-api.ts';
import { isGone, type PoolState } from '../../shared/pool/pool-state.ts';
import type { ClientRecords } from '../../shared/table/client-records.ts';
import { writingInTime } from './in-time.ts';
import { type Kept, UNATTACHED, type UndoParameter } from './undo-parameter.ts';
import { wishFor } from './wish.ts';
import { whyDiffers, whyRefused } from './words.ts';

export const COMPONENT = 'attach-pool';

export interface Dependencies {
  readonly poolApi: (poolId: string) => PoolApi;
  readonly undo: UndoParameter;
  readonly taint: ClientRecords['taint'];
  readonly region: string;
  readonly now: () => number;
}

export interface InTime {
  /** Aborted once CloudFormation has its answer: nothing is written any more. */
  readonly signal?: AbortSignal;
}

/** An event of a custom resource, as far as it is read. */
export interface DeploymentEvent extends InTime {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** The pool's id, as the last answer said; missing in a `Create`. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: object;
  readonly OldResourceProperties?: object;
}

export interface CarriedOut {
  readonly outcome: 'attached' | 'detached' | 'poolGone';
  /** How many properties were written; 0 if all was so already. */
  readonly changes: number;
}

/** Tries, if others change the pool at the same moment. */
const MAX_TRIES = 3;
/** What is deployed, and what a rollback goes back to. */
const MAX_DONE = 2;

/** CloudFormation sorts the properties as it likes. */
const digestOf = (order: AttachmentOrder): string => {
  const entries = [
    ...Object.entries(order.triggers),
    ...Object.entries(order.reporting).map(([id, { until }]) => [id, until]),
  ].toSorted();
  const { userPoolId, eventVersion, codeSeconds, replace, accept } = order;
  const { refreshUntil, smsRoleArn, customSenderKeyArn } = order;
  const rest = [
    userPoolId,
    eventVersion,
    codeSeconds,
    replace.toSorted(),
    accept.toSorted(),
    refreshUntil,
    smsRoleArn,
    customSenderKeyArn,
  ];
  return createHash('sha256')
    .update(JSON.stringify([entries, rest]))
    .digest('hex')
    .slice(0, 16);
};

/** What is asked for, and what it comes after. */
interface Asked {
  readonly order: AttachmentOrder;
  /** Whether the custom resource has not attached this pool yet. */
  readonly isFirst: boolean;
  /** The functions of the custom resource before. */
  readonly formerly: readonly string[];
}

const isNothing = ({ changes, done }: Kept): boolean => changes.length === 0 && done.length === 0;

/** Where the parameter was lost, functions that were ours are nothing to put back. */
const withoutOurs = (
  changes: readonly PoolChange[],
  kept: Kept,
  formerly: readonly string[],
): readonly PoolChange[] =>
  changes.map((change) => {
    const isKnown = kept.changes.some(({ at, property }) => at === 'pool' && property === change.property);
    const { before, ...others } = change;
    return !isKnown && formerly.some((arn) => arn === functionIn(before)) ? others : change;
  });

/**
 * What is kept is written before the pool is, so that whatever ends this function, the next call knows what was there. Of the
 * clients that the plan found open, the guard has to know before it is called.
 */
const keeper = ({ undo, taint, now }: Dependencies, { order, formerly }: Asked, kept: Kept) => {
  let newest: Kept = { changes: kept.changes, done: kept.done };
  return async ({ changes, tainted }: Plan): Promise<void> => {
    const at = new Date(now()).toISOString();
    for (const clientId of tainted) {
      const refusedFrom = order.reporting[clientId]?.until ?? order.refreshUntil ?? at;
      await taint(order.userPoolId, clientId, { at, refusedFrom });
    }
    if (changes.length === 0) return;
    newest = { ...newest, changes: mergeChanges(newest.changes, withoutOurs(changes, newest, formerly)) };
    await undo.write(order.userPoolId, newest);
  };
};

/** Somebody else has attached our functions, such as the command, and only they know what was there before. */
const UNKNOWN_BEFORE =
  'The functions of this stack are its triggers already, and what was there before them is not kept here, so it could not be put ' +
  "back. If the command attached it, detach it first with the command's undo file; otherwise take the four triggers off by hand. " +
  'Then deploy again.';

const standsIn = ({ pool }: PoolState, { triggers }: AttachmentOrder): boolean =>
  PLACES.some((place) => functionsAt(place, pool.properties).includes(triggers[place]));

/** Whether guard-tokens has been there since the last time, so that no tokens were given without a code meanwhile. */
const isGuarded = ({ pool }: PoolState, ours: readonly string[]): boolean => {
  const found = functionsAt('PreTokenGeneration', pool.properties);
  return found.length > 0 && found.every((arn) => ours.includes(arn));
};

const attachOnce = async (deps: Dependencies, asked: Asked) => {
  const { order, isFirst, formerly } = asked;
  const kept = await deps.undo.read(order.userPoolId);
  if (isFirst && isNothing(kept)) await deps.undo.write(order.userPoolId, UNATTACHED);
  // A rollback finds doors that were opened since, but what it goes back to had passed the check.
  const isReturn = kept.done.includes(digestOf(order));
  const { region, now } = deps;
  const ours = [order.triggers.PreTokenGeneration, ...formerIn(kept.changes), ...formerly];
  return await attach(deps.poolApi(order.userPoolId), {
    planOf: (state) => {
      const plan = planAttach(state, wishFor(state, { order, kept, isReturn, formerly, region, now: now() }));
      const isUnknown = isFirst && isNothing(kept) && standsIn(state, order);
      const isClean = isReturn && isGuarded(state, ours);
      return {
        ...plan,
        tainted: isClean ? plan.tainted.filter((id) => order.reporting[id]) : plan.tainted,
        refusals: isUnknown ? [UNKNOWN_BEFORE] : plan.refusals,
      };
    },
    keep: keeper(deps, asked, kept),
  });
};

const noteDone = async ({ undo }: Dependencies, order: AttachmentOrder): Promise<void> => {
  const { changes, done: before } = await undo.read(order.userPoolId);
  const digest = digestOf(order);
  if (before[0] === digest) return;
  const done = [digest, ...before.filter((one) => one !== digest)].slice(0, MAX_DONE);
  await undo.write(order.userPoolId, { changes, done });
};

const attachPool = async (deps: Dependencies, asked: Asked, tries = 1): Promise<CarriedOut> => {
  const { order } = asked;
  const attached = await attachOnce(deps, asked);
  if (attached.kind === 'done') {
    await noteDone(deps, order);
    return { outcome: 'attached', changes: attached.changes.length };
  }
  if (attached.kind === 'changedMeanwhile' && tries < MAX_TRIES) return attachPool(deps, asked, tries + 1);
  if (attached.kind === 'refused')
    throw new ReportedError('AttachRefused', whyRefused(order.userPoolId, attached));
  if (attached.kind === 'declined') throw new ReportedError('AttachRefused', 'Nobody agreed');
  throw new ReportedError('AttachFailed', whyDiffers(order.userPoolId, attached));
};

const undoAll = async (
  deps: Dependencies,
  order: AttachmentOrder,
  poolId: string,
  tries = 1,
): Promise<CarriedOut> => {
  const { changes } = await deps.undo.read(poolId);
  const detached = await detach(deps.poolApi(poolId), changes, order.triggers);
  if (detached.kind === 'done') {
    await deps.undo.forget(poolId);
    return { outcome: 'detached', changes: detached.changes.length };
  }
  if (detached.kind === 'changedMeanwhile' && tries < MAX_TRIES)
    return undoAll(deps, order, poolId, tries + 1);
  if (detached.kind === 'refused') throw new ReportedError('DetachRefused', whyRefused(poolId, detached));
  throw new ReportedError('DetachFailed', whyDiffers(poolId, detached));
};

/** A pool that is gone needs nothing back. */
const detachPool = async (
  deps: Dependencies,
  order: AttachmentOrder,
  poolId: string,
): Promise<CarriedOut> => {
  try {
    return await undoAll(deps, order, poolId);
  } catch (error) {
    if (!isGone(error)) throw error;
    await deps.undo.forget(poolId);
    return { outcome: 'poolGone', changes: 0 };
  }
};

/** CloudFormation makes up an id of its own for a resource that never answered. */
const POOL_ID = /^[\w-]+_[0-9a-zA-Z]+$/;

/** The id of the pool that an event is about. */
export const poolIdOf = ({
  RequestType,
  PhysicalResourceId = '',
  ResourceProperties,
}: DeploymentEvent): string => {
  const { UserPoolId } = jsonObject(ResourceProperties);
  return RequestType === 'Delete' && POOL_ID.test(PhysicalResourceId)
    ? PhysicalResourceId
    : String(UserPoolId);
};

/** The id of the custom resource: that of the pool. Where another pool was asked for in vain, it is the one from before. */
export const answeredId = (event: DeploymentEvent, status: 'SUCCESS' | 'FAILED'): string => {
  const { RequestType, PhysicalResourceId } = event;
  const stays = RequestType === 'Delete' || (RequestType === 'Update' && status === 'FAILED');
  return stays && PhysicalResourceId ? PhysicalResourceId : poolIdOf(event);
};

const deleteFor = async (
  deps: Dependencies,
  order: AttachmentOrder,
  event: DeploymentEvent,
): Promise<CarriedOut> => {
  const poolId = poolIdOf(event);
  const kept = await deps.undo.read(poolId);
  const neverAnswered = event.PhysicalResourceId !== poolId;
  if (kept.unattached !== true && !(neverAnswered && isNothing(kept))) return detachPool(deps, order, poolId);
  await deps.undo.forget(poolId);
  return { outcome: 'detached', changes: 0 };
};

const functionsIn = (properties: object | undefined): readonly string[] =>
  Object.values(jsonObject(jsonObject(properties).Triggers)).filter((arn) => typeof arn === 'string');

/** Rejects with a `ReportedError` that says what to do, or with the errors of the SDK. */
export const carryOut = async (given: Dependencies, event: DeploymentEvent): Promise<CarriedOut> => {
  const order = readAttachment(event.ResourceProperties);
  const deps = writingInTime(given, event.signal);
  const { RequestType, PhysicalResourceId = '', OldResourceProperties } = event;
  if (RequestType === 'Delete') return deleteFor(deps, order, event);
  const isFirst = PhysicalResourceId !== order.userPoolId;
  // The rollback knows the pool from before only, so of another one nothing may stay; unless that is what it goes back to.
  const isNew = RequestType === 'Update' && isFirst;
  const mayStay = !isNew || (await deps.undo.read(order.userPoolId)).done.length > 0;
  try {
    const formerly = isFirst ? [] : functionsIn(OldResourceProperties);
    return await attachPool(deps, { order, isFirst, formerly });
  } catch (error) {
    // What was there before is kept before the first write.
    if (!mayStay && !isNothing(await deps.undo.read(order.userPoolId)))
      await detachPool(deps, order, order.userPoolId);
    throw error;
  }
};
