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
import type { MailJudgement } from '../mails/judge-mail.ts';
import type { MailChoices, MailPreview } from '../mails/mail-preview.ts';
import type { LocalStanding } from './standings.ts';

/** The body that a GET of each path returns. */
export interface LocalAnswers {
  /** The same names as for a deployed pool, which has neither `endpoint` nor `demoUser`. */
  readonly 'config.json': PoolConfig & Required<Pick<PoolConfig, 'endpoint'>>;
  /** Each `EmailOtp` that is run; `otp` in a query chooses one by its id, and without it the first is taken. */
  readonly 'otps.json': readonly { readonly id: string }[];
  /** Answered with 503 until everything is there that the start promises, the users included. */
  readonly 'ready.json': { readonly ready: true };
  /**
   * The mails that SES accepted, oldest first. `inbox/<messageId>.html` is the HTML part of one. A DELETE of `inbox.json`
   * removes all mails, one of `inbox/<messageId>` that one.
   */
  readonly 'inbox.json': readonly InboxMail[];
  /** How each of the users named in the query stands. */
  readonly 'standings.json': readonly LocalStanding[];
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
  /** What mails the app sends. */
  readonly 'mails.json': MailChoices;
  /** One of them, with what a phone shows of it and what the checks say. `mail-preview.html` is its HTML, `mail-preview.eml` all of it. */
  readonly 'mail-preview.json': MailPreview & MailJudgement;
  readonly 'dashboard.json': Dashboard;
  readonly 'metrics.json': readonly Metric[];
}

/** The query that each path takes. */
export interface LocalQueries {
  readonly 'config.json': { readonly otp?: string };
  readonly 'dashboard.json': { readonly otp?: string };
  /** `to`: only mails to this address, whatever its case. */
  readonly 'inbox.json': { readonly to?: string };
  /** `users`: subs with commas between them, at most 50. */
  readonly 'standings.json': { readonly users: string; readonly otp?: string };
  /** `limit`: how many challenges, 50 by default, at most 500. `user`: a sub. `id`: only this challenge. */
  readonly 'challenges.json': {
    readonly limit?: string;
    readonly user?: string;
    readonly id?: string;
    readonly otp?: string;
  };
  readonly 'mails.json': { readonly otp?: string };
  /**
   * `language`: a tag of BCP 47, by default the app's. `kind`: `code` or a notice. `digits`: 6, 8 or 10. `link`: `on` for the link "not
   * me". Of the HTML also `theme`: `dark`, `bare` without its styles; and `images`: `on` to load the logo.
   */
  readonly 'mail-preview.json': {
    readonly otp?: string;
    readonly language?: string;
    readonly kind?: string;
    readonly digits?: string;
    readonly link?: string;
    readonly theme?: string;
    readonly images?: string;
  };
  /** `since`: leaves out older points, and each metric that has only older points. */
  readonly 'metrics.json': { readonly since?: string };
}

export type LocalPath = keyof LocalAnswers;

/** The query of one path; `undefined` if it takes none. */
export type LocalQuery<Path extends LocalPath> = Path extends keyof LocalQueries
  ? LocalQueries[Path]
  : Readonly<Record<string, never>>;

/** The body of a POST of `unlock.json`, which returns a report of what was done. */
export interface UnlockInput {
  readonly userId: string;
  readonly reason: string;
  /** Whether the mails that count against the user's limits are to count no more. */
  readonly mails: boolean;
}

/** The body of a PUT of `faults.json`. */
export type FaultChange = Partial<Faults>;

/**
 * What has just changed. `GET /_local/events` sends it as a server-sent event with `kind` as its name and the rest as its
 * JSON. It has only ids; a page fetches the details.
 */
export type Change =
  /** A mail has come or is gone; without its id, all are gone. */
  | { readonly kind: 'mail'; readonly messageId?: string }
  | { readonly kind: 'execution'; readonly executionArn: string }
  | { readonly kind: 'challenge' }
  | { readonly kind: 'faults' }
  | { readonly kind: 'metrics' };
