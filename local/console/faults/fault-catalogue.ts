/** The switches as the page shows them: what each does, and where to look while it is on. */

export type FaultValue = boolean | number;

/** As `/_local/faults.json` has them. */
export type Faults = Readonly<Record<string, FaultValue>>;

export interface NumberSetting {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly off: number;
  /** What the switch sets when it is turned on. */
  readonly on: number;
}

export interface FaultDescription {
  readonly name: string;
  readonly title: string;
  readonly does: string;
  readonly watch: string;
  /** None for what is just on or off. */
  readonly setting?: NumberSetting;
}

export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly FaultDescription[];
}

const percent = { min: 1, max: 100, off: 0 };

export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    title: 'Mail',
    faults: [
      {
        name: 'sesDelaySeconds',
        title: 'SES is slow',
        does: 'Amazon SES takes this long to accept a mail.',
        watch: 'The sign-in page asks for the code at once; only the mail is late.',
        setting: { label: 'Seconds', min: 1, max: 60, off: 0, on: 10 },
      },
      {
        name: 'sesThrottlePercent',
        title: 'SES throttles',
        does: 'This share of mails is refused because the sending rate is exceeded.',
        watch: 'The execution waits and tries again until one mail has gone out.',
        setting: { label: 'Percent', ...percent, on: 50 },
      },
      {
        name: 'sesDown',
        title: 'SES is down',
        does: 'Every mail is answered with 503 Service Unavailable.',
        watch: 'The execution goes on trying; turn SES on again and the mail arrives.',
      },
      {
        name: 'sesQuotaReached',
        title: 'Daily quota reached',
        does: 'Every mail is refused because the quota of the day is used up.',
        watch: 'The execution takes the failure lane, and the sign-in page says so in the next round.',
      },
      {
        name: 'sesPaused',
        title: 'Sending is paused',
        does: 'Every mail is refused because sending is paused for the account.',
        watch: 'The execution takes the failure lane at once, and the audit trail has the reason.',
      },
      {
        name: 'crashBeforeSend',
        title: 'Crash before the mail went out',
        does: 'The function that sends is killed just before SES accepts, for this many mails.',
        watch: 'The execution tries again, and one mail goes out.',
        setting: { label: 'Mails left', min: 1, max: 10, off: 0, on: 1 },
      },
      {
        name: 'crashAfterSend',
        title: 'Crash after the mail went out',
        does: 'The function that sends is killed just after SES accepted, for this many mails.',
        watch: 'The execution waits for the lease and tries again; a second mail brings the same code.',
        setting: { label: 'Mails left', min: 1, max: 10, off: 0, on: 1 },
      },
    ],
  },
  {
    title: 'Feedback on mails',
    faults: [
      {
        name: 'feedbackDelaySeconds',
        title: 'Feedback is late',
        does: 'What Amazon SES reports of a mail comes this much later.',
        watch: 'Signing in works all the same; the audit trail fills up afterwards.',
        setting: { label: 'Seconds', min: 1, max: 3600, off: 0, on: 30 },
      },
      {
        name: 'feedbackShuffled',
        title: 'Feedback is out of order',
        does: 'The events of a mail come in random order, so that it may be delivered before it was sent.',
        watch: 'The audit trail ends up the same.',
      },
      {
        name: 'feedbackTwice',
        title: 'Feedback comes twice',
        does: 'Each event of a mail is delivered a second time.',
        watch: 'The audit trail shows each event once.',
      },
      {
        name: 'feedbackLost',
        title: 'Feedback is lost',
        does: 'This share of the events of mails never comes.',
        watch: 'Signing in works all the same; the audit trail has gaps.',
        setting: { label: 'Percent', ...percent, on: 50 },
      },
    ],
  },
  {
    title: 'Sign-in and workflow',
    faults: [
      {
        name: 'lostTriggerAnswers',
        title: 'Answers of triggers are lost',
        does: 'The function runs, but Cognito hears nothing for 5 seconds and calls it again, this many times.',
        watch: 'The sign-in page stays usable; there is one mail, and a try is counted once.',
        setting: { label: 'Answers lost', min: 1, max: 2, off: 0, on: 1 },
      },
      {
        name: 'duplicateExecutions',
        title: 'Executions run twice',
        does: 'Each start of the workflow starts a second one at the same time.',
        watch: 'Two executions, one mail: the second finds the delivery taken.',
      },
    ],
  },
  {
    title: 'Table',
    faults: [
      {
        name: 'dynamoDbDown',
        title: 'DynamoDB is down',
        does: 'Every call that the functions and the workflow make to the table is answered with 500.',
        watch:
          'The sign-in page says that something went wrong; turn it off and sign in again, with the same mail.',
      },
      {
        name: 'dynamoDbThrottlePercent',
        title: 'DynamoDB throttles',
        does: 'This share of the calls to the table is refused because of their rate.',
        watch: 'Each call is made once more; signing in takes a little longer, and nothing is lost.',
        setting: { label: 'Percent', ...percent, on: 20 },
      },
    ],
  },
  {
    title: 'Clock',
    faults: [
      {
        name: 'clockRate',
        title: 'Time runs faster',
        does: 'The clock of the whole local system runs this many times as fast.',
        watch: 'The countdowns on the sign-in page race, and codes expire in seconds.',
        setting: { label: 'Times as fast', min: 2, max: 3600, off: 1, on: 20 },
      },
      {
        name: 'clockOffsetSeconds',
        title: 'Clock is shifted',
        does: 'The clock is set forward by this many seconds, or back where negative.',
        watch: 'A code that was mailed before is too old now; a new sign-in works.',
        setting: { label: 'Seconds', min: -86_400, max: 2_592_000, off: 0, on: 600 },
      },
    ],
  },
];

const ALL = FAULT_GROUPS.flatMap(({ faults }) => faults);

export const offValue = ({ setting }: FaultDescription): FaultValue => setting?.off ?? false;

/** What switches everything off. */
export const ALL_OFF: Faults = Object.fromEntries(ALL.map((fault) => [fault.name, offValue(fault)]));

export const isOn = (fault: FaultDescription, faults: Faults): boolean =>
  (faults[fault.name] ?? offValue(fault)) !== offValue(fault);

export const countOn = (faults: Faults): number => ALL.filter((fault) => isOn(fault, faults)).length;

/** The number that was typed, or a sentence on what may be typed. */
export const readSetting = (
  { label, min, max }: NumberSetting,
  typed: string,
): { readonly value: number } | { readonly problem: string } => {
  const value = Number(typed);
  return typed.trim() !== '' && Number.isInteger(value) && value >= min && value <= max
    ? { value }
    : { problem: `${label}: a whole number from ${min} to ${max}.` };
};
