/** Writes in words what the pool says about users. */
import { describePasswordProblem } from '../../../shared/words/password-words.ts';
import type { ListedUser } from './cognito-users.ts';

export interface UserBadge {
  readonly tone: 'good' | 'warn' | 'bad' | 'accent';
  readonly text: string;
}

const STATUS: Readonly<Record<ListedUser['status'], UserBadge>> = {
  CONFIRMED: { tone: 'good', text: 'Has a password' },
  FORCE_CHANGE_PASSWORD: { tone: 'warn', text: 'Temporary password' },
  RESET_REQUIRED: { tone: 'warn', text: 'Password has to be reset' },
};

export const badgesOf = ({ status, enabled, email }: ListedUser, demoUser: string): readonly UserBadge[] => [
  ...(email === demoUser ? [{ tone: 'accent', text: 'Demo user' } as const] : []),
  STATUS[status] ?? { tone: 'warn', text: status },
  ...(enabled ? [] : [{ tone: 'bad', text: 'Disabled' } as const]),
];

/** Returns a sentence for an exception of the administration API. */
export const userProblem = (code: string, message: string): string => {
  switch (code) {
    case 'UsernameExistsException':
      return 'There is a user with this email address already.';
    case 'UserNotFoundException':
      return 'This user is no longer there.';
    case 'InvalidPasswordException':
      return describePasswordProblem(message);
    case 'InvalidParameterException':
      if (/email/i.test(message)) return 'That is not an email address.';
      return /password/i.test(message) ? describePasswordProblem(message) : message;
    default:
      return message;
  }
};
