/** Writes a challenge's trail as the command `audit` prints it: for people, or as a line of JSON. */

import type { Challenge } from '../../shared/domain/challenge.ts';
import { withoutAddresses } from '../../shared/domain/redact.ts';
import {
  deliveriesOf,
  requestedAt,
  standingOf,
  type TimelineStep,
  timelineOf,
  utcTime,
} from '../../shared/words/timeline.ts';
import { duration } from '../../shared/words/times.ts';
import type { Tally } from './search.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** Removes control characters: clients and mail servers choose some of the text, and a terminal would obey them. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');

/** Removes the part that is the same for every execution: region, account and name of the state machine. */
const shortId = (id: string): string => id.replace(/^arn:[^ ]*?:(?:express|execution):[^:]+:/, '');

/** Leaves out each id in `shown`, which an earlier line has printed, and adds the new ones to it. */
const termsOf = ({ by, details, ids }: TimelineStep, shown: Set<string>): string => {
  const unseen = Object.entries(ids).filter(([, id]) => !shown.has(id));
  for (const [, id] of unseen) shown.add(id);
  return [
    by,
    ...Object.entries(details).map(([label, value]) => `${label} ${value}`),
    ...unseen.map(([name, id]) => `${name} ${shortId(id)}`),
  ].join(', ');
};

/** `full`: with every id and detail. `short`: what happened when. */
export type Form = 'full' | 'short';

/** `12:00:01.203`, in the short form `12:00:01`; with the date if it is not the day of the request. */
const timeOf = (at: number, day: string, form: Form): string => {
  const [date = '', time = ''] = iso(at).slice(0, -1).split('T');
  const shown = form === 'full' ? time : time.slice(0, 8);
  return date === day ? shown : `${date} ${shown}`;
};

const toLine = (step: TimelineStep, index: number, start: string, terms: string): string => {
  const passed = index === 0 ? '' : `+${duration(step.sinceLast)}`;
  const mail = step.delivery === undefined ? '' : `mail ${step.delivery}: `;
  return `  ${start}  ${passed.padStart(9)}  ${mail}${step.words}${terms}`;
};

/** Writes the trail for people: oldest step first, all times in UTC. */
export const toText = (challenge: Challenge, now: number, form: Form): string => {
  const { challengeId, userId, recipient, outcome } = challenge;
  const day = iso(requestedAt(challenge)).slice(0, 10);
  const shown = new Set<string>();
  const terms = (step: TimelineStep) => (form === 'full' ? `  [${termsOf(step, shown)}]` : '');
  return [
    `${challengeId}  ${outcome ?? 'OPEN'}`,
    `  user ${userId}, recipient ${recipient}, ${day}, times in UTC`,
    ...timelineOf(challenge).map((step, index) =>
      toLine(step, index, timeOf(step.at, day, form), terms(step)),
    ),
    `  => ${standingOf(challenge, now)}`,
  ]
    .map(printable)
    .join('\n')
    .concat('\n\n');
};

/** Writes the trail as one line of JSON. `events` holds the facts, oldest first; a missing value is `null`. */
export const toJson = (challenge: Challenge, now: number): string => {
  const { challengeId, userId, recipient, addressHash = null, outcome = null, attempts } = challenge;
  const line = {
    challengeId,
    userId,
    recipient,
    addressHash,
    requestedAt: iso(requestedAt(challenge)),
    expiresAt: iso(challenge.expiresAt),
    outcome,
    attempts,
    deliveries: deliveriesOf(challenge).map(({ requestedAt: asked, mailedAt, ...delivery }) => ({
      ...delivery,
      requestedAt: iso(asked),
      mailedAt: mailedAt === undefined ? null : iso(mailedAt),
    })),
    standing: standingOf(challenge, now),
    events: timelineOf(challenge).map(({ name }) => ({ name, ...challenge.events[name] })),
  };
  const shown = (_: string, value: unknown) =>
    typeof value === 'string' ? printable(withoutAddresses(value)) : value;
  return `${JSON.stringify(line, shown)}\n`;
};

export interface Range {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly shown: number;
  /** True if the range was read to its end, false if the limit ended the reading. */
  readonly complete: boolean;
}

/** `3 challenges since 2025-01-15 12:00:00 UTC: 1 OPEN, 2 VERIFIED`, and whether there are more than are shown. */
export const toSummary = (tally: Tally, { since, shown, complete }: Range): string => {
  const count = [...tally.values()].reduce((sum, one) => sum + one, 0);
  const byOutcome = [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, n]) => `${n} ${name}`);
  const start = `${iso(Math.max(0, since)).slice(0, 10)} ${utcTime(Math.max(0, since))}`;
  const all = `${count} challenge${count === 1 ? '' : 's'} since ${start} UTC: ${byOutcome.join(', ')}`;
  if (shown < count) return `${all}; the newest ${shown} are shown`;
  return complete ? all : `${all}; there may be older ones, which a higher --limit shows`;
};
