/** Says what attaching would do to a user pool, and what that means for the users of each client. */
import type { ClientOutlook, Fate, Plan } from '../../shared/pool/plan.ts';
import { count } from '../../shared/words/times.ts';
import { type ClientNames, changeLines, clientWords, section } from '../pool/change-words.ts';

export interface PlanWords {
  readonly userPoolId: string;
  /** Sentences about what the plan itself does not know. */
  readonly notes: readonly string[];
}

const FATES: Readonly<Record<Fate, string>> = {
  closed: 'closed by this',
  accepted: 'stays open, as you accept',
  reporting: 'open for now, and counted',
  open: 'open',
};

type PlannedDoor = Plan['doors'][number];

const doorLines = ({ id, at, harm, remedy, fate, blocks }: PlannedDoor): readonly string[] => {
  const door = at === 'pool' ? id : `${id} of the client ${at.clientName}`;
  // The refusals at the end say the rest.
  if (fate === 'open' && blocks) return [`  ${door}: open, and in the way (see below)`];
  return [`  ${door}: ${FATES[fate]}`, `    ${harm}`, ...(fate === 'closed' ? [] : [`    ${remedy}`])];
};

const clientLines = (
  { clientId, nextSignIn, refresh, machine }: ClientOutlook,
  names: ClientNames,
): readonly string[] => [
  `  ${clientWords(clientId, names)}`,
  `    next sign-in   ${nextSignIn}`,
  `    refresh        ${refresh}`,
  `    machine token  ${machine}`,
];

export const clientNames = ({ clients }: Plan): ClientNames =>
  new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]));

/** Several lines, without a line break at the end. */
export const planText = (plan: Plan, { userPoolId, notes }: PlanWords): string => {
  const { changes, doors, clients, refusals } = plan;
  const names = clientNames(plan);
  return [
    `User pool ${userPoolId}`,
    ...section('What changes:', changes.length === 0 ? ['  nothing'] : changeLines(changes, names)),
    ...section('Ways around the code, and what makes sign-ins fail:', doors.flatMap(doorLines)),
    ...section(
      'What users of each client notice:',
      clients.flatMap((client) => clientLines(client, names)),
    ),
    ...section(
      'Note:',
      notes.map((note) => `  ${note}`),
    ),
    ...section(
      'Nothing can be attached like this:',
      refusals.map((refusal) => `  ${refusal}`),
    ),
  ].join('\n');
};

/** Clients of the plan in words. */
export const clientsWords = (plan: Plan, clientIds: readonly string[]): string =>
  clientIds.map((clientId) => clientWords(clientId, clientNames(plan))).join(', ');

export const doneWords = (written: number, undoPath: string): string =>
  written === 0
    ? '\nAttached. The pool was as it should be, so nothing was written to it.'
    : `\nAttached. ${count(written, 'property was', 'properties were')} written, read again and compared. What was before is in ${undoPath}; detach needs it.`;
