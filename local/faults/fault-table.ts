/**
 * Everything that can be made to go wrong, one row for each fault. The checks, the help of `npm start`, the faults page and
 * the table of docs/local/engines.md come from these rows. All seconds are seconds of the local clock.
 */

/** The number that sets a fault which is not just on or off. */
export interface FaultNumber {
  /** What the number counts. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** The value at which nothing goes wrong. */
  readonly off: number;
  /** The value that the switch of the faults page sets first. */
  readonly on: number;
}

export interface Fault {
  /** The faults page shows all faults of a group together. */
  readonly group: string;
  readonly title: string;
  /** What goes wrong. */
  readonly does: string;
  /** What still holds in spite of the fault, and where to see it. */
  readonly holds: string;
  /** Missing for a fault that is just on or off. */
  readonly number?: FaultNumber;
}

const percent = (on: number) => ({ label: 'Percent', min: 0, max: 100, off: 0, on }) as const;
const mailsLeft = { label: 'Mails left', min: 0, max: 10, off: 0, on: 1 } as const;

const DAY_SECONDS = 86_400;

export const FAULTS = {
  sesDelaySeconds: {
    group: 'Mail',
    title: 'SES is slow',
    does: 'Amazon SES takes this long to accept a mail.',
    holds:
      'The sign-in page asks for the code at once; only the mail is late. Up to 14 seconds, there is one mail.',
    number: { label: 'Seconds', min: 0, max: 60, off: 0, on: 10 },
  },
  sesThrottlePercent: {
    group: 'Mail',
    title: 'SES throttles',
    does: 'This share of the mails, exactly and in turn, is refused because the sending rate is exceeded.',
    holds:
      'The execution waits and tries again until one mail has gone out, or the audit trail says that none has.',
    number: percent(50),
  },
  sesDown: {
    group: 'Mail',
    title: 'SES is down',
    does: 'Every mail is answered with 503 Service Unavailable.',
    holds: 'The execution goes on trying; turn SES on again and the mail arrives.',
  },
  sesQuotaReached: {
    group: 'Mail',
    title: 'Daily quota reached',
    does: 'Every mail is refused because the quota of the day is used up.',
    holds: 'The execution takes the failure lane at once, and the sign-in page says so in the next round.',
  },
  sesPaused: {
    group: 'Mail',
    title: 'Sending is paused',
    does: 'Every mail is refused because sending is paused for the account.',
    holds: 'The execution takes the failure lane at once, and the audit trail has the reason.',
  },
  crashBeforeSend: {
    group: 'Mail',
    title: 'Crash before the mail went out',
    does: 'The function that sends is killed just before SES accepts, for this many mails. Counts down.',
    holds: 'The execution tries again, and one mail goes out.',
    number: mailsLeft,
  },
  crashAfterSend: {
    group: 'Mail',
    title: 'Crash after the mail went out',
    does: 'The function that sends is killed just after SES accepted, for this many mails. Counts down.',
    holds:
      'The execution waits for the lease and tries again; a second mail brings the same code, unless SES has reported the first by then.',
    number: mailsLeft,
  },
  feedbackDelaySeconds: {
    group: 'Feedback on mails',
    title: 'Feedback is late',
    does: 'What Amazon SES reports of a mail comes this much later. The events still say when it happened.',
    holds: 'Signing in works all the same; the audit trail fills up afterwards.',
    number: { label: 'Seconds', min: 0, max: 3_600, off: 0, on: 30 },
  },
  feedbackShuffled: {
    group: 'Feedback on mails',
    title: 'Feedback is out of order',
    does: 'The events of a mail come in random order, so that it may be delivered before it was sent.',
    holds: 'The audit trail ends up the same.',
  },
  feedbackTwice: {
    group: 'Feedback on mails',
    title: 'Feedback comes twice',
    does: 'Each event of a mail is delivered a second time.',
    holds: 'The audit trail shows each event once.',
  },
  feedbackLost: {
    group: 'Feedback on mails',
    title: 'Feedback is lost',
    does: 'This share of the events of mails, exactly and in turn, never comes.',
    holds: 'Signing in works all the same; the audit trail has gaps.',
    number: percent(50),
  },
  lostTriggerAnswers: {
    group: 'Sign-in and workflow',
    title: 'Answers of triggers are lost',
    does: 'Create and verify run, but Cognito hears nothing for 5 seconds and calls them again, this many times.',
    holds: 'The sign-in page stays usable; there is one mail, and a try is counted once.',
    number: { label: 'Answers lost', min: 0, max: 2, off: 0, on: 1 },
  },
  duplicateExecutions: {
    group: 'Sign-in and workflow',
    title: 'Executions run twice',
    does: 'Each start of the workflow starts a second one at the same time.',
    holds: 'Two executions, one mail: the second waits for the lease and finds the mail sent.',
  },
  repeatedTries: {
    group: 'Sign-in and workflow',
    title: 'Tries are made twice',
    does: 'Each task of the workflow calls its function twice at the same time, with the same input, and hears of the first call.',
    holds:
      'Two calls for one try, one mail: only one of them gets the lease. An execution that hears of the other waits and finds the mail sent.',
  },
  dynamoDbDown: {
    group: 'Table',
    title: 'DynamoDB is down',
    does: 'Every call that the functions and the workflow make to the table is answered with 500.',
    holds:
      'The sign-in page says that something went wrong; turn it off and sign in again, with the same mail.',
  },
  dynamoDbThrottlePercent: {
    group: 'Table',
    title: 'DynamoDB throttles',
    does: 'This share of the calls to the table, exactly and in turn, is refused because of their rate.',
    holds: 'Each call is made once more; signing in takes a little longer, and nothing is lost.',
    number: percent(20),
  },
  clockRate: {
    group: 'Clock',
    title: 'Time runs faster',
    does: 'The clock of the whole local system runs this many times as fast.',
    holds: 'The countdowns on the sign-in page race, and codes expire in seconds.',
    number: { label: 'Times as fast', min: 1, max: 3_600, off: 1, on: 20 },
  },
  clockOffsetSeconds: {
    group: 'Clock',
    title: 'Clock is shifted',
    does: 'The clock is set forward by this many seconds, or back where negative.',
    holds: 'A code that was mailed before is too old now; a new sign-in works.',
    number: { label: 'Seconds', min: -DAY_SECONDS, max: 30 * DAY_SECONDS, off: 0, on: 600 },
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;

/** How each fault is set. */
export type Faults = {
  readonly [Name in FaultName]: (typeof FAULTS)[Name] extends { readonly number: FaultNumber }
    ? number
    : boolean;
};

export interface FaultRow extends Fault {
  readonly name: FaultName;
}

export const FAULT_ROWS: readonly FaultRow[] = (Object.keys(FAULTS) as FaultName[]).map((name) => ({
  name,
  ...FAULTS[name],
}));
