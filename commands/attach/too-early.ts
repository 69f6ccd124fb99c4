/** Whether everybody can be signed out so that no token is left from the time when clients were open. */
import {
  type ClientStanding,
  clientStandingOf,
  RECORDS_CACHE_MS,
  utcTimeOf,
} from '../../shared/clients/client-standing.ts';
import { driftOf, type Finding } from '../../shared/pool/drift.ts';
import { type PoolState, readPoolState } from '../../shared/pool/pool-state.ts';
import type { ClientRecord } from '../../shared/table/client-records.ts';
import { clientNamesOf, clientWords } from '../pool/change-words.ts';
import type { PoolSource } from '../pool/source.ts';

/** A client, and how it stood at that time. */
export interface ClientLook {
  readonly clientId: string;
  readonly standing: ClientStanding;
  readonly record: ClientRecord | undefined;
}

/** The pool, what is on record of its clients, and the deployment, at one time. */
export interface Look {
  readonly deployment: PoolSource['deployment'];
  readonly now: number;
  readonly standings: readonly ClientLook[];
  readonly state: PoolState;
}

/** Throws the errors of AWS. */
export const lookAt = async (
  { records, api }: Pick<PoolSource, 'records' | 'api'>,
  { deployment, now }: Pick<PoolSource, 'deployment' | 'now'>,
): Promise<Look> => {
  const { userPoolId, reporting } = deployment;
  const state = await readPoolState(api);
  const known = await records.read(userPoolId);
  const ids = new Set([...known.map(({ clientId }) => clientId), ...Object.keys(reporting)]);
  const standings = [...ids].toSorted().map((clientId) => {
    const until = reporting[clientId]?.until;
    const record = known.find((one) => one.clientId === clientId);
    const reportsUntil = until === undefined ? undefined : Date.parse(until);
    return { clientId, record, standing: clientStandingOf(reportsUntil, record, now) };
  });
  return { deployment, now, standings, state };
};

/** The clients that were open once. */
export const openOnce = ({ standings }: Look): readonly ClientLook[] =>
  standings.filter(({ standing }) => standing !== 'clean');

/** With one of these, tokens are or may be given without a code. */
const OPEN: readonly Finding['kind'][] = ['trigger-gone', 'trigger-replaced', 'client-opened'];

/** For so long after it became known that a client was open, tokens may come that are decided on as before. */
const SETTLES_MS = RECORDS_CACHE_MS + 60_000;

/** Why tokens may still come at this client that do not tell whether a code was given; undefined if there are none. */
const stillGiven = (
  { deployment: { reporting }, now }: Look,
  { clientId, standing, record }: ClientLook,
): string | undefined => {
  const until = reporting[clientId]?.until;
  if (standing === 'reporting') return `gives tokens without a code until ${until}`;
  const settled = [until, record?.taintedAt]
    .map((time) => utcTimeOf(time) + SETTLES_MS)
    .filter((time) => time > now);
  return settled.length === 0
    ? undefined
    : `may still give tokens as before until ${new Date(Math.max(...settled)).toISOString()}`;
};

/** Sentences, if tokens are still given that would count as given with a code afterwards. None: it is time. */
export const tooEarly = (look: Look): readonly string[] => {
  const { deployment, state, now } = look;
  const names = clientNamesOf(state);
  const given = openOnce(look).flatMap((one) => {
    const why = stillGiven(look, one);
    return why === undefined ? [] : [`  The client ${clientWords(one.clientId, names)} ${why}.`];
  });
  const findings = driftOf(state, { ...deployment, accept: [], now })
    .filter(({ kind }) => OPEN.includes(kind))
    .map(({ harm, remedy }) => `  ${harm} ${remedy}`);
  return [...given, ...findings];
};
