/** Describes a challenge in a few words for a list: how it stands, and what went wrong. */
import type { Challenge, DeliveryStatus, Outcome } from '../../../shared/domain/challenge.ts';
import { readFactName } from '../../../shared/words/fact-words.ts';
import { deliveriesOf } from '../../../shared/words/timeline.ts';
import { count } from '../../../shared/words/times.ts';

type BadgeTone = 'good' | 'warn' | 'bad' | 'accent' | 'plain';

export interface ChallengeBadge {
  readonly tone: BadgeTone;
  readonly text: string;
}

/** What can go wrong: with a delivery, with an answer, after too many wrong answers, and with a code that nobody asked for. */
export type ProblemKind =
  | Extract<DeliveryStatus, 'FAILED' | 'REJECTED' | 'BOUNCED' | 'SUPPRESSED' | 'DELAYED'>
  | ('COMPLAINED' | 'WRONG_ANSWERS' | 'LOCKED' | 'REFUSED' | 'REPORTED');

export interface ChallengeProblem extends ChallengeBadge {
  readonly kind: ProblemKind;
}

const OUTCOMES: Readonly<Record<Outcome, ChallengeBadge>> = {
  VERIFIED: { tone: 'good', text: 'Verified' },
  EXHAUSTED: { tone: 'bad', text: 'Exhausted' },
  EXPIRED: { tone: 'warn', text: 'Expired' },
  ORPHANED: { tone: 'bad', text: 'Orphaned' },
  REPLACED: { tone: 'warn', text: 'Replaced' },
  REVOKED: { tone: 'bad', text: 'Revoked' },
};

/** Returns an unknown outcome as it is. */
export const stateOf = (
  { outcome, expiresAt }: Pick<Challenge, 'outcome' | 'expiresAt'>,
  now: number,
): ChallengeBadge => {
  if (outcome !== undefined) return OUTCOMES[outcome] ?? { tone: 'plain', text: outcome };
  return expiresAt > now
    ? { tone: 'accent', text: 'Open' }
    : { tone: 'warn', text: 'Expired, not closed yet' };
};

/** The problems of a user, by the name of the fact that shows them. */
const USER_PROBLEMS = {
  LOCKED: { tone: 'bad', text: 'User locked' },
  REFUSED: { tone: 'bad', text: 'Refused: user locked' },
  REPORTED: { tone: 'bad', text: 'Reported: not asked for' },
} as const satisfies Readonly<Record<string, ChallengeBadge>>;

const MAIL_PROBLEMS: Readonly<
  Record<Exclude<ProblemKind, 'WRONG_ANSWERS' | keyof typeof USER_PROBLEMS>, ChallengeBadge>
> = {
  FAILED: { tone: 'bad', text: 'Not mailed' },
  REJECTED: { tone: 'bad', text: 'Rejected by SES' },
  BOUNCED: { tone: 'bad', text: 'Bounced' },
  SUPPRESSED: { tone: 'bad', text: 'Suppressed' },
  DELAYED: { tone: 'warn', text: 'Delayed' },
  COMPLAINED: { tone: 'bad', text: 'Marked as spam' },
};

const USER_PROBLEM_KINDS = Object.keys(USER_PROBLEMS) as readonly (keyof typeof USER_PROBLEMS)[];
const MAIL_PROBLEM_KINDS = Object.keys(MAIL_PROBLEMS) as readonly (keyof typeof MAIL_PROBLEMS)[];

const wrongAnswers = ({ events }: Challenge): number =>
  Object.keys(events).filter((name) => readFactName(name).kind === 'attempt').length;

/** Returns each kind of problem once, even if several mails have it. */
export const problemsOf = (challenge: Challenge): readonly ChallengeProblem[] => {
  const mails = deliveriesOf(challenge);
  const ofMails = MAIL_PROBLEM_KINDS.filter((kind) =>
    mails.some(({ status, complained }) => (kind === 'COMPLAINED' ? complained : status === kind)),
  );
  const wrong = wrongAnswers(challenge);
  return [
    ...ofMails.map((kind) => ({ kind, ...MAIL_PROBLEMS[kind] })),
    ...(wrong === 0
      ? []
      : [
          {
            kind: 'WRONG_ANSWERS',
            tone: 'warn',
            text: count(wrong, 'wrong answer', 'wrong answers'),
          } as const,
        ]),
    ...USER_PROBLEM_KINDS.filter((kind) => challenge.events[kind] !== undefined).map((kind) => ({
      kind,
      ...USER_PROBLEMS[kind],
    })),
  ];
};

const GOOD_STEPS: readonly string[] = ['DELIVERED', 'VERIFIED', 'TOKENS_ISSUED'];
const WARNING_STEPS: readonly string[] = [
  'SEND_DEFERRED',
  'DELAYED',
  'attempt',
  'EXPIRED',
  'REPLACED',
  'UNLOCKED',
];
const BAD_STEPS: readonly string[] = [
  ...['SEND_FAILED', 'REJECTED', 'SUPPRESSED', 'BOUNCED', 'COMPLAINED'],
  ...['EXHAUSTED', 'ORPHANED', 'REVOKED', 'TOKENS_REFUSED', 'LOCKED', 'REFUSED', 'REPORTED'],
];

/** Returns the tone for a fact's name. An unknown fact is neither good nor bad. */
export const stepTone = (name: string): BadgeTone => {
  const { kind } = readFactName(name);
  if (GOOD_STEPS.includes(kind)) return 'good';
  if (WARNING_STEPS.includes(kind)) return 'warn';
  return BAD_STEPS.includes(kind) ? 'bad' : 'plain';
};
