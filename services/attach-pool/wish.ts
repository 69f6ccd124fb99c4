/** What the deployment wants of the pool as it stands. */
import type { AttachmentOrder } from '../../shared/deployment/attachment.ts';
import { formerIn } from '../../shared/pool/changes.ts';
import type { Wish } from '../../shared/pool/plan.ts';
import type { PoolState } from '../../shared/pool/pool-state.ts';
import { doorsOf } from '../../shared/pool/rules/doors.ts';
import { acceptedIn } from '../../shared/pool/rules/refusals.ts';
import type { Kept } from './undo-parameter.ts';

export interface Asking {
  readonly order: AttachmentOrder;
  readonly kept: Kept;
  /** Whether the very same order was carried out before: doors that were opened since do not stand in its way. */
  readonly isReturn: boolean;
  /** Functions that the custom resource had before; what is kept does not name them if the parameter was lost. */
  readonly formerly: readonly string[];
  readonly region: string;
  /** Unix time in milliseconds. */
  readonly now: number;
}

/** A time that never comes. */
export const NEVER = '9999-12-31T23:59:59.999Z';

/** Where the check does not count, all that it would name passes it. */
const withoutCheck = (state: PoolState, order: AttachmentOrder): Pick<Wish, 'accept' | 'reporting'> => ({
  accept: doorsOf(state, order).flatMap(({ id, at }) =>
    at === 'pool' && !id.startsWith('taken:') ? [id] : [],
  ),
  // A date of the order may be over by now.
  reporting: Object.fromEntries([...state.clients.keys()].map((id) => [id, { until: NEVER }])),
});

export const wishFor = (state: PoolState, { order, kept, isReturn, formerly, region, now }: Asking): Wish => {
  const { userPoolId, accept, refreshUntil, ...wanted } = order;
  return {
    ...wanted,
    accept: acceptedIn(state, accept),
    ...(isReturn && withoutCheck(state, order)),
    former: [...formerIn(kept.changes), ...formerly],
    ...(refreshUntil !== undefined && { until: refreshUntil }),
    close: [],
    region,
    // The function's role may pass what the app names and nothing else.
    passes: 'named',
    now,
  };
};
