/** From when on the refresh tokens of clients that were open are refused: by the stack, by what is on record, or by --until. */
import type { Plan } from '../../shared/pool/plan.ts';
import { reportsUntil } from '../../shared/pool/rules/reporting.ts';
import type { ClientRecord, ClientRecords } from '../../shared/table/client-records.ts';
import type { PoolDeployment } from '../pool/deployment.ts';
import { clientsWords } from './plan-words.ts';

export interface Dating {
  readonly deployment: Pick<PoolDeployment, 'userPoolId' | 'reporting'>;
  /** Of the clients that are tainted already. */
  readonly recorded: readonly ClientRecord[];
  /** The doors that are named by --close. */
  readonly close: readonly string[];
  /** The time (ISO) that --until says. */
  readonly until: string | undefined;
  /** In epoch milliseconds. */
  readonly now: number;
}

/** The date of a client that the stack lets report holds, whatever else is said. */
const byStack = ({ deployment: { reporting }, now }: Dating, clientId: string): string | undefined =>
  reportsUntil({ reporting, now }, clientId);

const recordOf = ({ recorded }: Dating, clientId: string): ClientRecord | undefined =>
  recorded.find((record) => record.clientId === clientId);

/** A date on record is never moved back: tokens would be trusted for longer. */
const isEarlier = (until: string | undefined, { refusedFrom }: ClientRecord): until is string =>
  until !== undefined && Date.parse(until) < Date.parse(refusedFrom);

/** The dates on record by client id; those that --until moves forward as they will be. */
export const recordedDates = ({ recorded, close, until }: Dating): Readonly<Record<string, string>> =>
  Object.fromEntries(
    recorded.map((record) => {
      const { clientId, refusedFrom } = record;
      return [clientId, close.includes(clientId) && isEarlier(until, record) ? until : refusedFrom];
    }),
  );

/** The clients whose date --until is to say. */
const meantBy = (dating: Dating, { tainted, clients }: Plan): readonly string[] => {
  const closed = clients.map(({ clientId }) => clientId).filter((id) => dating.close.includes(id));
  return [...new Set([...tainted, ...closed])].filter((id) => byStack(dating, id) === undefined);
};

/** Those on record whose date --until moves forward. */
export const movedBy = (dating: Dating, plan: Plan): readonly ClientRecord[] => {
  const meant = meantBy(dating, plan);
  return dating.recorded.filter((one) => meant.includes(one.clientId) && isEarlier(dating.until, one));
};

const recordNote = (dating: Dating, plan: Plan, record: ClientRecord): string => {
  const { clientId, taintedAt, refusedFrom } = record;
  const { until } = dating;
  const found = `Users could get tokens without a code at ${clientsWords(plan, [clientId])}, as is on record since ${taintedAt}.`;
  const stays = `${found} Its refresh tokens are refused from ${refusedFrom} on`;
  if (until === undefined || !meantBy(dating, plan).includes(clientId)) return `${stays}.`;
  return isEarlier(until, record)
    ? `${found} Its refresh tokens are refused from ${until} on now, and no longer from ${refusedFrom}.`
    : `${stays}; --until says no earlier time, so it is ignored for this client.`;
};

export const dateNotes = (dating: Dating, plan: Plan): readonly string[] => [
  ...dating.recorded
    .filter(({ clientId }) => byStack(dating, clientId) === undefined)
    .map((record) => recordNote(dating, plan, record)),
  ...plan.clients
    .filter(({ clientId }) => dating.close.includes(clientId) && byStack(dating, clientId) !== undefined)
    .map(
      ({ clientId }) =>
        `The stack lets ${clientsWords(plan, [clientId])} report until ${byStack(dating, clientId)}. Although it is closed, its refresh tokens are refused from then on, whatever --until says.`,
    ),
];

/** Whether somebody has to decide on a date: users who are signed in there now may be so without a code. */
const needsDate = (dating: Dating, { doors }: Plan, clientId: string): boolean => {
  const hadOthers = doors.some(({ id }) => id.startsWith('taken:') && id !== 'taken:PreTokenGeneration');
  // An open one that stays so is refused anyway.
  const fate = doors.find(({ id }) => id === clientId)?.fate;
  return (
    (fate === 'closed' || (fate === undefined && hadOthers)) &&
    byStack(dating, clientId) === undefined &&
    recordOf(dating, clientId) === undefined
  );
};

export const dateRefusals = (dating: Dating, plan: Plan): readonly string[] => {
  if (dating.until !== undefined) {
    return meantBy(dating, plan).length > 0
      ? []
      : ['--until says nothing here: it goes with --close <client>, and no client is closed or was open.'];
  }
  const undated = plan.tainted.filter((id) => needsDate(dating, plan, id));
  return undated.length === 0
    ? []
    : [
        `--until is missing. Users of ${clientsWords(plan, undated)} may be signed in without a code; it says when they have to sign in again, for instance --until 2027-03-01, or --until now.`,
      ];
};

/**
 * Before the triggers are written, so that no token of these clients is ever taken for one that was given with a code. Returns
 * the ids of the clients of which something is on record then. Throws the errors of AWS.
 */
export const recordDates = async (
  dating: Dating,
  plan: Plan,
  records: Pick<ClientRecords, 'taint'>,
): Promise<readonly string[]> => {
  const { deployment, until, now } = dating;
  const at = new Date(now).toISOString();
  for (const clientId of plan.tainted) {
    const refusedFrom = byStack(dating, clientId) ?? until ?? recordOf(dating, clientId)?.refusedFrom ?? at;
    await records.taint(deployment.userPoolId, clientId, { at, refusedFrom });
  }
  const moved = movedBy(dating, plan).filter(({ clientId }) => !plan.tainted.includes(clientId));
  for (const { clientId, taintedAt } of moved) {
    await records.taint(deployment.userPoolId, clientId, { at: taintedAt, refusedFrom: until ?? at });
  }
  return [...plan.tainted, ...moved.map(({ clientId }) => clientId)];
};
