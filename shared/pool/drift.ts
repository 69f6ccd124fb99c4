/** How an attached pool differs from what was attached. */

import type { ReportingClients } from '../clients/reporting-clients.ts';
import type { Json } from './json.ts';
import {
  type EventVersion,
  eventVersionOf,
  functionsAt,
  PLACES,
  type TriggerArns,
  type TriggerPlace,
} from './places.ts';
import type { PoolState } from './pool-state.ts';
import { asksForCode, clientNameOf, isOpen, sessionSecondsOf, waysRound } from './rules/clients.ts';
import { type Door, doorsOf } from './rules/doors.ts';
import { UNPROTECTED } from './rules/pool-doors.ts';
import { reportsUntil } from './rules/reporting.ts';

export interface Expectation {
  readonly triggers: TriggerArns;
  readonly eventVersion: EventVersion;
  /** Clients that give tokens without a code until a time (ISO), by client id. */
  readonly reporting: ReportingClients;
  /** The seconds for which a code is valid. */
  readonly codeSeconds: number;
  /** Ids of doors that may stay open. */
  readonly accept: readonly string[];
  /** Unix time in milliseconds. */
  readonly now: number;
}

export interface Finding {
  readonly kind:
    | 'trigger-gone'
    | 'trigger-replaced'
    | 'event-version'
    | 'client-opened'
    | 'short-session'
    | 'deletion-protection'
    | 'door-opened';
  /** The place in LambdaConfig, the client id, the property, or the id of the door. */
  readonly at: string;
  /** A sentence. */
  readonly harm: string;
  /** A sentence: what mends it. */
  readonly remedy: string;
}

/** Doors of the pool that attach refuses, whether or not they are accepted; taken places have findings of their own. */
const blockingDoors = (state: PoolState, expectation: Expectation): readonly Door[] =>
  doorsOf(state, expectation).filter(
    ({ id, at, blocks }) => blocks && at === 'pool' && !id.startsWith('taken:'),
  );

const ofPlace = (place: TriggerPlace, pool: Json, ours: string): readonly Finding[] => {
  const found = functionsAt(place, pool);
  const others = found.filter((arn) => arn !== ours);
  const effect = place === 'PreTokenGeneration' ? 'Users get tokens without a code' : 'Nobody can sign in';
  if (found.length === 0) {
    const harm = `${effect}: the pool calls nothing as ${place}.`;
    return [{ kind: 'trigger-gone', at: place, harm, remedy: 'Run attach again.' }];
  }
  if (others.length === 0) return [];
  const harm = `${effect}: the pool calls ${others.join(', ')} as ${place}, not the function of the stack.`;
  const remedy = `Run attach --replace ${place}, if nobody needs the other function.`;
  return [{ kind: 'trigger-replaced', at: place, harm, remedy }];
};

const ofVersion = (pool: Json, { triggers, eventVersion }: Expectation): readonly Finding[] => {
  const found = eventVersionOf(pool);
  const isOurs = functionsAt('PreTokenGeneration', pool).includes(triggers.PreTokenGeneration);
  if (!isOurs || found === eventVersion) return [];
  return [
    {
      kind: 'event-version',
      at: 'PreTokenGeneration',
      harm: `The pool calls guard-tokens in the version ${found}, not ${eventVersion}, so tokens lack what is set for them.`,
      remedy: 'Run attach again.',
    },
  ];
};

const ofClient = (clientId: string, client: Json, expectation: Expectation): readonly Finding[] => {
  const name = clientNameOf(clientId, client);
  const opened: Finding = {
    kind: 'client-opened',
    at: clientId,
    harm: `The client ${name} lets users in without the code, by ${waysRound(client).join(', ')}; guard-tokens refuses them.`,
    remedy: `Run attach --close ${clientId}, or name it in reportingClients.`,
  };
  const short: Finding = {
    kind: 'short-session',
    at: clientId,
    harm: `The client ${name} waits ${sessionSecondsOf(client) / 60} minutes for a code that is valid for ${expectation.codeSeconds / 60}.`,
    remedy: `Run attach --close ${clientId}:session.`,
  };
  return [
    ...(isOpen(client) && reportsUntil(expectation, clientId) === undefined ? [opened] : []),
    ...(asksForCode(client) &&
    sessionSecondsOf(client) < expectation.codeSeconds &&
    !expectation.accept.includes(`${clientId}:session`)
      ? [short]
      : []),
  ];
};

const ofProtection = ({ DeletionProtection }: Json, { accept }: Expectation): readonly Finding[] =>
  DeletionProtection === 'ACTIVE' || accept.includes('deletion-protection')
    ? []
    : [
        {
          kind: 'deletion-protection',
          at: 'DeletionProtection',
          harm: UNPROTECTED,
          remedy: 'Run attach --close deletion-protection.',
        },
      ];

const ofDoor = ({ id, harm }: Door): Finding => ({
  kind: 'door-opened',
  at: id,
  harm,
  remedy: `Run attach --close ${id}, or accept it again: --accept ${id}, or accept in existingPool.`,
});

const allOf = (state: PoolState, expectation: Expectation): readonly Finding[] => [
  ...PLACES.flatMap((place) => ofPlace(place, state.pool.properties, expectation.triggers[place])),
  ...ofVersion(state.pool.properties, expectation),
  ...[...state.clients].flatMap(([clientId, { properties }]) => ofClient(clientId, properties, expectation)),
  ...ofProtection(state.pool.properties, expectation),
];

/** Whoever attached with open doors accepted them; attach is refused without it. */
const acceptingAgain = (finding: Finding): Finding => ({
  ...finding,
  remedy: finding.remedy.replace(/^Run attach( again)?[^,.]*/, '$&, with the --accept of before'),
});

/** None for a healthy pool. */
export const driftOf = (state: PoolState, expectation: Expectation): readonly Finding[] => {
  const doors = blockingDoors(state, expectation);
  const findings = allOf(state, expectation);
  return [
    ...(doors.length > 0 ? findings.map(acceptingAgain) : findings),
    ...doors.filter(({ id }) => !expectation.accept.includes(id)).map(ofDoor),
  ];
};
