/** The switches that make the world go wrong: what there is, what each may be set to, and how values are read. */
import { AwsError, type JsonObject } from '../ground/service.ts';

/** All off by default. Seconds are shown time, as the local clock tells it. */
export interface Faults {
  /** SES takes this long to accept a mail. */
  readonly sesDelaySeconds: number;
  /** This share of SendEmail calls is refused for the sending rate. */
  readonly sesThrottlePercent: number;
  /** SES answers each call with 503. */
  readonly sesDown: boolean;
  /** SES refuses each call for the day's quota. */
  readonly sesQuotaReached: boolean;
  /** SES refuses each call because sending is paused for the account. */
  readonly sesPaused: boolean;
  /** Of each call of the create and the verify trigger, this many answers are lost; Cognito waits 5 s and calls again. */
  readonly lostTriggerAnswers: number;
  /** Each StartExecution starts a second, concurrent execution. */
  readonly duplicateExecutions: boolean;
  /** The next so many times a mail is handed to SES, the sender is killed before SES accepts it. Counts down. */
  readonly crashBeforeSend: number;
  /** The next so many times SES accepts a mail, the sender is killed before it hears so. Counts down. */
  readonly crashAfterSend: number;
  /** SES's events come this much later. */
  readonly feedbackDelaySeconds: number;
  /** The events of a mail come in random order. */
  readonly feedbackShuffled: boolean;
  /** Each event of SES comes twice. */
  readonly feedbackTwice: boolean;
  /** This share of SES's events, in percent, never comes. */
  readonly feedbackLost: number;
  /** DynamoDB answers each call of the functions and of the workflow with 500. */
  readonly dynamoDbDown: boolean;
  /** This share of their calls, in percent, is throttled. */
  readonly dynamoDbThrottlePercent: number;
  /** How fast the local clock runs. */
  readonly clockRate: number;
  /** How far the local clock is set forward, or back where negative. */
  readonly clockOffsetSeconds: number;
}

export type FaultName = keyof Faults;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly off: number;
}

interface FaultSetting {
  /** One line for the command line's help. */
  readonly help: string;
  /** None for a switch that is on or off. */
  readonly range?: Range;
}

const DAY_SECONDS = 86_400;

export const FAULT_SETTINGS: Readonly<Record<FaultName, FaultSetting>> = {
  sesDelaySeconds: { range: { min: 0, max: 60, off: 0 }, help: 'SES takes this long to accept a mail' },
  sesThrottlePercent: { range: { min: 0, max: 100, off: 0 }, help: 'SES refuses this share of the mails' },
  sesDown: { help: 'SES answers each call with 503' },
  sesQuotaReached: { help: 'SES refuses each mail for the daily quota' },
  sesPaused: { help: 'SES refuses each mail because sending is paused' },
  lostTriggerAnswers: {
    range: { min: 0, max: 2, off: 0 },
    help: 'answers lost per create and verify trigger',
  },
  duplicateExecutions: { help: 'each workflow is started twice' },
  crashBeforeSend: {
    range: { min: 0, max: 10, off: 0 },
    help: 'next mails before which the sender is killed',
  },
  crashAfterSend: { range: { min: 0, max: 10, off: 0 }, help: 'next mails after which the sender is killed' },
  feedbackDelaySeconds: { range: { min: 0, max: 3_600, off: 0 }, help: 'SES events come this much later' },
  feedbackShuffled: { help: 'the SES events of a mail come in random order' },
  feedbackTwice: { help: 'each SES event comes twice' },
  feedbackLost: { range: { min: 0, max: 100, off: 0 }, help: 'percent of the SES events that never come' },
  dynamoDbDown: { help: 'DynamoDB answers each call with 500' },
  dynamoDbThrottlePercent: {
    range: { min: 0, max: 100, off: 0 },
    help: 'percent of the calls of DynamoDB that are throttled',
  },
  clockRate: { range: { min: 1, max: 3_600, off: 1 }, help: 'how fast the local clock runs' },
  clockOffsetSeconds: {
    range: { min: -DAY_SECONDS, max: 30 * DAY_SECONDS, off: 0 },
    help: 'how far the local clock is set forward',
  },
};

const NAMES = Object.keys(FAULT_SETTINGS) as readonly FaultName[];

export const NO_FAULTS = Object.fromEntries(
  NAMES.map((name) => [name, FAULT_SETTINGS[name].range?.off ?? false]),
) as unknown as Faults;

const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULT_SETTINGS, name);

/** What the values of a fault may be, in words. */
export const valuesOf = (name: FaultName): string => {
  const { range } = FAULT_SETTINGS[name];
  return range === undefined ? 'true or false' : `a whole number from ${range.min} to ${range.max}`;
};

const problemOf = (name: string, value: unknown): string | undefined => {
  if (!isFaultName(name)) return `${name} is not a fault; the faults are ${NAMES.join(', ')}`;
  const { range } = FAULT_SETTINGS[name];
  const isValid =
    range === undefined
      ? typeof value === 'boolean'
      : Number.isInteger(value) && Number(value) >= range.min && Number(value) <= range.max;
  return isValid ? undefined : `${name} must be ${valuesOf(name)}`;
};

/** Reads some of the faults. Throws a `ValidationException` that names every problem. */
export const readFaults = (input: JsonObject): Partial<Faults> => {
  const problems = Object.entries(input)
    .map(([name, value]) => problemOf(name, value))
    .filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new AwsError('ValidationException', problems.join('; '));
  return input as Partial<Faults>;
};

const parseValue = (text: string): unknown => {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,9}$/.test(text) ? Number(text) : text;
};

/** As `readFaults`, from texts as they come from a command line. */
export const parseFaults = (texts: Readonly<Record<string, string>>): Partial<Faults> =>
  readFaults(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parseValue(text)])));

/** The faults that are on. */
export const faultsOn = (faults: Faults): Partial<Faults> =>
  Object.fromEntries(
    NAMES.filter((name) => faults[name] !== NO_FAULTS[name]).map((name) => [name, faults[name]]),
  );
