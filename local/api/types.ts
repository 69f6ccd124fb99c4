/**
 * The JSON of the local system's own interface, one entry for each path below `/_local/`. The server's routes and the
 * console's pages use these types. Times are those of the local clock.
 */

import type { LocalClock } from '../../shared/clock/local-clock.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import type { PoolConfig } from '../../web/sign-in/pool-config.ts';
import type { Dashboard } from '../engines/metrics/dashboard.ts';
import type { Metric } from '../engines/metrics/metric.ts';
import type { InboxMail } from '../engines/ses/inbox.ts';
import type { MachineDefinition } from '../engines/step-functions/definition/machine.ts';
import type { Execution } from '../engines/step-functions/execution.ts';
import type { FaultRow, Faults } from '../faults/fault-table.ts';

/** The body that a GET of each path returns. */
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
  /** How each fault is set. A PUT with a `FaultChange` as its body sets the faults that it names, and returns all. */
  readonly 'faults.json': Faults;
  /** All faults that can be set. */
  readonly 'fault-table.json': readonly FaultRow[];
  readonly 'dashboard.json': Dashboard;
  readonly 'metrics.json': readonly Metric[];
}

/** The query that each path takes. */
export interface LocalQueries {
  /** `limit`: how many challenges, 50 by default, at most 500. `user`: a sub. `id`: only this challenge. */
  readonly 'challenges.json': { readonly limit?: string; readonly user?: string; readonly id?: string };
  /** `since`: leaves out older points, and each metric that has only older points. */
  readonly 'metrics.json': { readonly since?: string };
}

export type LocalPath = keyof LocalAnswers;

/** The query of one path; `undefined` if it takes none. */
export type LocalQuery<Path extends LocalPath> = Path extends keyof LocalQueries
  ? LocalQueries[Path]
  : Readonly<Record<string, never>>;

/** The body of a PUT of `faults.json`. */
export type FaultChange = Partial<Faults>;

/**
 * What has just changed. `GET /_local/events` sends it as a server-sent event with `kind` as its name and the rest as its
 * JSON. It has only ids; a page fetches the details.
 */
export type Change =
  | { readonly kind: 'mail'; readonly messageId: string }
  | { readonly kind: 'execution'; readonly executionArn: string }
  | { readonly kind: 'challenge' }
  | { readonly kind: 'faults' }
  | { readonly kind: 'metrics' };
