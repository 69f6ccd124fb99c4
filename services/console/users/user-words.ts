/** What the pool says about users, in words. */
import type { User } from './cognito-users.ts';

export interface Badge {
  readonly tone: 'good' | 'warn' | 'bad' | 'accent';
  readonly text: string;
}

const STATUS: Readonly<Record<User['status'], Badge>> = {
  CONFIRMED: { tone: 'good', text: 'Has a password' },
  FORCE_CHANGE_PASSWORD: { tone: 'warn', text: 'Temporary password' },
  RESET_REQUIRED: { tone: 'warn', text: 'Password has to be reset' },
};

export const badgesOf = (
  { status, enabled, email }: User,
  demoUser: string | undefined,
): readonly Badge[] => [
  ...(email === demoUser ? [{ tone: 'accent', text: 'Demo user' } as const] : []),
  STATUS[status] ?? { tone: 'warn', text: status },
  ...(enabled ? [] : [{ tone: 'bad', text: 'Disabled' } as const]),
];

const RULES: Readonly<Record<string, string>> = {
  'not long enough': 'The password is too short; it needs at least 8 characters.',
  lowercase: 'The password needs a lower-case letter.',
  uppercase: 'The password needs an upper-case letter.',
  numeric: 'The password needs a digit.',
  symbol: 'The password needs a symbol such as ! or #.',
};

/** A sentence for an exception of the administration API. */
export const userProblem = (code: string, message: string): string => {
  switch (code) {
    case 'UsernameExistsException':
      return 'There is a user with this email address already.';
    case 'UserNotFoundException':
      return 'This user is no longer there.';
    case 'InvalidPasswordException':
      return (
        Object.entries(RULES).find(([words]) => message.includes(words))?.[1] ??
        'The password is not allowed.'
      );
    case 'InvalidParameterException':
      if (/email/i.test(message)) return 'That is not an email address.';
      return /password/i.test(message) ? 'The password is not allowed.' : message;
    default:
      return message;
  }
};
