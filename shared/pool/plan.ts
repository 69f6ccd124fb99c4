/** What attach would do to a pool, and what stands in its way. */
import type { ReportingClients } from '../clients/reporting-clients.ts';
import { isAt, type PoolChange } from './changes.ts';
import { changed } from './compare.ts';
import { type EventVersion, PLACES, type TriggerArns, type TriggerPlace } from './places.ts';
import type { PoolState } from './pool-state.ts';
import { type Door, doorsOf } from './rules/doors.ts';
import { outlookOf } from './rules/outlook.ts';
import { placeChanges } from './rules/pool-doors.ts';
import { blockedBy, lossesOf, unfit, wrongOptions } from './rules/refusals.ts';
import { reportsUntil } from './rules/reporting.ts';
import { taintedIn } from './rules/tainted.ts';

export interface Wish {
  readonly triggers: TriggerArns;
  /** ARNs of functions that were ours before; they give way without being named. */
  readonly former?: readonly string[];
  readonly eventVersion: EventVersion;
  /** Ids of doors to close. */
  readonly close: readonly string[];
  /** Places that another function may lose. */
  readonly replace: readonly TriggerPlace[];
  /** Ids of doors that may stay open. */
  readonly accept: readonly string[];
  /** Clients that give tokens without a code until a time (ISO), by client id. */
  readonly reporting: ReportingClients;
  /** The time (ISO) from which refresh tokens of clients that were open are refused. Absent: as soon as it is attached. */
  readonly until?: string;
  /** Clients that are on record as tainted already, with the time (ISO) from which their refresh tokens are refused, by client id. */
  readonly refusedFrom?: Readonly<Record<string, string>>;
  /** The seconds for which a code is valid. */
  readonly codeSeconds: number;
  readonly region: string;
  /**
   * Which roles and keys whoever writes may hand to Cognito: any, because it is a person with rights of their own; or only the
   * named ones, because it is a function.
   */
  readonly passes: 'any' | 'named';
  readonly smsRoleArn?: string;
  readonly customSenderKeyArn?: string;
  /** Unix time in milliseconds. */
  readonly now: number;
}

/** What becomes of a door: `closed` by this plan, or left open because it is accepted, or its client reports, or neither. */
export type Fate = 'closed' | 'accepted' | 'reporting' | 'open';

/** What users of a client will notice, in sentences. */
export interface ClientOutlook {
  readonly clientId: string;
  readonly clientName: string;
  readonly nextSignIn: string;
  readonly refresh: string;
  readonly machine: string;
}

/** JSON throughout. */
export interface Plan {
  readonly changes: readonly PoolChange[];
  readonly doors: readonly (Door & { readonly fate: Fate })[];
  readonly clients: readonly ClientOutlook[];
  /** Clients in which users could get tokens without the code until now, or may have been able to before. */
  readonly tainted: readonly string[];
  /** Sentences; without any, the plan may be carried out. */
  readonly refusals: readonly string[];
}

const isSameChange = (one: PoolChange, other: PoolChange): boolean =>
  isAt(one.at, other.at) && one.property === other.property;

/** Doors that close with the same change give it once. */
const distinct = (changes: readonly PoolChange[]): readonly PoolChange[] =>
  changes.filter((change, index) => changes.findIndex((one) => isSameChange(one, change)) === index);

const changesFor = (state: PoolState, wish: Wish, doors: readonly Door[]): readonly PoolChange[] => {
  const isTaken = (place: TriggerPlace) => doors.some(({ id }) => id === `taken:${place}`);
  return distinct([
    ...PLACES.filter((place) => !isTaken(place) || wish.replace.includes(place)).flatMap((place) =>
      placeChanges(place, state.pool.properties, wish),
    ),
    ...doors.filter(({ id }) => wish.close.includes(id)).flatMap(({ closes = [] }) => closes),
  ]);
};

const fateOf = ({ id, at }: Door, wish: Wish, stillOpen: readonly Door[]): Fate => {
  if (!stillOpen.some((door) => door.id === id)) return 'closed';
  const isOpenClient = at !== 'pool' && at.clientId === id;
  if (isOpenClient) return reportsUntil(wish, id) === undefined ? 'open' : 'reporting';
  return wish.accept.includes(id) && !id.startsWith('taken:') ? 'accepted' : 'open';
};

const recordedFor = ({ refusedFrom = {} }: Wish, clientId: string): string | undefined =>
  Object.hasOwn(refusedFrom, clientId) ? refusedFrom[clientId] : undefined;

/** The time from which tokens from before are not refreshed, if there is one to come: a record is never moved to later. */
const refusedFromOf = (wish: Wish, clientId: string, isFound: boolean): string | undefined => {
  const recorded = recordedFor(wish, clientId);
  const from =
    reportsUntil(wish, clientId) ??
    [recorded, isFound ? wish.until : undefined]
      .filter((date) => date !== undefined)
      .toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
  return from !== undefined && wish.now < Date.parse(from) ? from : undefined;
};

/** Never throws: what cannot be done is in `refusals`. */
export const planAttach = (state: PoolState, wish: Wish): Plan => {
  const open = doorsOf(state, wish);
  const changes = changesFor(state, wish, open);
  const after = changed(state, changes);
  const stillOpen = doorsOf(after, wish);
  const doors = open.map((door) => ({ ...door, fate: fateOf(door, wish, stillOpen) }));
  const tainted = taintedIn(state, wish);
  const clients = [...state.clients].map(([clientId, { properties }]) =>
    outlookOf({
      clientId,
      before: properties,
      after: after.clients.get(clientId)?.properties ?? {},
      isTainted: tainted.includes(clientId) || recordedFor(wish, clientId) !== undefined,
      reportsUntil: reportsUntil(wish, clientId),
      refusedFrom: refusedFromOf(wish, clientId, tainted.includes(clientId)),
    }),
  );
  const refusals = [
    ...wrongOptions(state, wish, open),
    ...blockedBy(doors),
    ...unfit(state, wish, changes),
    ...lossesOf(state, changes),
  ];
  return { changes, doors, clients, tainted, refusals };
};
