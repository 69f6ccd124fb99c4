/** The alarms that tell of somebody who guesses codes. Each threshold is a constant with its reason. */
import { type OtpMetrics, wrongLessRight } from './otp-metrics.ts';
import type { AlarmDefinition } from './runbook-alarm.ts';

/**
 * In 15 minutes, more than the right ones: ten challenges that ran out of answers without anybody getting in. A few users who
 * fumble never come to that; somebody with a list of passwords does, whatever the limits hold them to.
 */
const WRONG_LESS_RIGHT = 50;
/**
 * In 15 minutes. Twenty wrong codes in a row are hardly ever an honest user's; two such users at once may be chance. Right codes
 * of others do not hide these, however many sign in.
 */
const USERS_LOCKED = 3;

/** Guessers have passed the password, so what sets these off is worth waking somebody. */
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
