/**
 * The JSON of the local system's own interface, one entry for each path below `/_local/`. The server's routes are held to
 * these types, and the console's pages take theirs from here. All times are epoch milliseconds of the local clock.
 */
import type { Challenge } from '../../shared/domain/challenge.ts';
import type { LocalClock } from '../../shared/messages/local-clock.ts';
import type { PoolConfig } from '../../web/sign-in/pool-config.ts';
import type { Dashboard } from '../engines/metrics/dashboard.ts';
import type { Metric } from '../engines/metrics/metric.ts';
import type { InboxMail } from '../engines/ses/inbox.ts';
import type { MachineDefinition } from '../engines/step-functions/definition/machine.ts';
import type { Execution } from '../engines/step-functions/execution.ts';
import type { FaultRow, Faults } from '../faults/fault-table.ts';

/** What a GET returns. */
export interface LocalAnswers {
  /** The same names as for a deployed pool, which has neither `endpoint` nor `demoUser`. */
  readonly 'config.json': Required<PoolConfig>;
  /** The mails that SES accepted, oldest first. `inbox/<messageId>.html` is the HTML part of one. */
  readonly 'inbox.json': readonly InboxMail[];
  /** Oldest first. */
  readonly 'executions.json': readonly Execution[];
  readonly 'state-machines.json': readonly Pick<MachineDefinition, 'arn' | 'name' | 'definition'>[];
  /** Newest first. */
  readonly 'challenges.json': readonly Challenge[];
  readonly 'clock.json': LocalClock;
  /** How each fault is set. A PUT sets those that its body names, as `FaultChange`, and returns all. */
  readonly 'faults.json': Faults;
  /** Which faults there are. */
  readonly 'fault-table.json': readonly FaultRow[];
  readonly 'dashboard.json': Dashboard;
  readonly 'metrics.json': readonly Metric[];
}

/** What a path may be asked for behind its question mark. */
export interface LocalQueries {
  /** `limit`: how many, 50 unless said, at most 500. `user`: a sub. `id`: that challenge alone. */
  readonly 'challenges.json': { readonly limit?: string; readonly user?: string; readonly id?: string };
  /** `since`: older points are left out, and metrics that have no other. */
  readonly 'metrics.json': { readonly since?: string };
}

export type LocalPath = keyof LocalAnswers;

/** Of one path; nothing where it takes none. */
export type LocalQuery<Path extends LocalPath> = Path extends keyof LocalQueries
  ? LocalQueries[Path]
  : Readonly<Record<string, never>>;

/** The body of a PUT of `faults.json`. */
export type FaultChange = Partial<Faults>;

/**
 * What has just changed, as `GET /_local/events` tells it: a server-sent event named by `kind`, with the rest as its JSON.
 * Ids only: what belongs to them is fetched.
 */
export type Change =
  | { readonly kind: 'mail'; readonly messageId: string }
  | { readonly kind: 'execution'; readonly executionArn: string }
  | { readonly kind: 'challenge' }
  | { readonly kind: 'faults' }
  | { readonly kind: 'metrics' };
