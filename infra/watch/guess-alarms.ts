/** The alarms for somebody who guesses codes. Each threshold is a constant with its reason. */
import { type OtpMetrics, wrongLessRight } from './otp-metrics.ts';
import type { AlarmDefinition } from './runbook-alarm.ts';

/**
 * How many more wrong than right answers in 15 minutes: ten challenges are used up and nobody has signed in. A few users who
 * mistype never reach this; somebody with a list of passwords does, in spite of the limits.
 */
const WRONG_LESS_RIGHT = 50;
/**
 * Users in 15 minutes. An honest user hardly ever gives twenty wrong codes in a row, and two such users at once may be chance.
 * Right codes of other users do not hide this number, even if very many sign in.
 */
const USERS_LOCKED = 3;

/** Somebody who guesses codes knows the password already, so these alarms are urgent. */
export const guessAlarms = (otp: OtpMetrics): readonly AlarmDefinition[] => [
  {
    name: 'brute-force',
    severity: 'page',
    sentence: 'Many wrong codes come in and few right ones; somebody who has passwords is guessing.',
    metric: wrongLessRight(otp),
    periodMinutes: 15,
    periods: { breaching: 1, of: 2 },
    threshold: WRONG_LESS_RIGHT,
  },
  {
    name: 'users-locked',
    severity: 'page',
    sentence: 'Wrong codes lock several users at once; somebody is guessing, or locks them out on purpose.',
    runbook: 'brute-force',
    metric: otp.count('UserLocked'),
    periodMinutes: 15,
    periods: { breaching: 1, of: 2 },
    threshold: USERS_LOCKED,
  },
];
