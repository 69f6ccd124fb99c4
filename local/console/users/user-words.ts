/** Writes in words what the pool says about users. */
import en from '../../../shared/texts/en.json' with { type: 'json' };
import { passwordRule } from '../../../shared/words/password-words.ts';
import type { LocalAnswers } from '../../api/types.ts';
import type { ListedUser } from './cognito-users.ts';

export type UserStanding = LocalAnswers['standings.json'][number];

export interface UserBadge {
  readonly tone: 'good' | 'warn' | 'bad' | 'accent';
  readonly text: string;
}

const STATUS: Readonly<Record<ListedUser['status'], UserBadge>> = {
  CONFIRMED: { tone: 'good', text: 'Has a password' },
  FORCE_CHANGE_PASSWORD: { tone: 'warn', text: 'Temporary password' },
  RESET_REQUIRED: { tone: 'warn', text: 'Password has to be reset' },
};

const LOCKS: Readonly<Record<NonNullable<UserStanding['lock']>, UserBadge>> = {
  codes: { tone: 'bad', text: 'Locked' },
  operator: { tone: 'bad', text: 'Locked until unlocked' },
  report: { tone: 'bad', text: 'Blocked by a report' },
};

export const badgesOf = (
  { status, enabled, email }: ListedUser,
  demoUser: string | undefined,
  standing?: UserStanding,
): readonly UserBadge[] => [
  ...(email === demoUser ? [{ tone: 'accent', text: 'Demo user' } as const] : []),
  STATUS[status] ?? { tone: 'warn', text: status },
  ...(enabled ? [] : [{ tone: 'bad', text: 'Disabled' } as const]),
  ...(standing?.lock === undefined ? [] : [LOCKS[standing.lock]]),
  ...(standing?.isLimited === true ? [{ tone: 'warn', text: 'Limit of mails reached' } as const] : []),
];

const passwordProblem = (message: string): string => en.words.password[passwordRule(message)];

/** Returns a sentence for an exception of the administration API. */
export const userProblem = (code: string, message: string): string => {
  switch (code) {
    case 'UsernameExistsException':
      return 'There is a user with this email address already.';
    case 'UserNotFoundException':
      return 'This user is no longer there.';
    case 'InvalidPasswordException':
      return passwordProblem(message);
    case 'InvalidParameterException':
      if (/email/i.test(message)) return 'That is not an email address.';
      return /password/i.test(message) ? passwordProblem(message) : message;
    default:
      return message;
  }
};
