/** The pool's password policy (PasswordPolicyType in the user pool API). */
import { randomInt } from 'node:crypto';

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly uppercase: boolean;
  readonly lowercase: boolean;
  readonly numbers: boolean;
  readonly symbols: boolean;
  /** How long a temporary password may be used. */
  readonly temporaryPasswordMs: number;
  /** How many passwords a user may not take again. */
  readonly historySize: number;
}

// The characters that count as symbols. A space is one too, but input validation refuses it at the start and at the end.
const SYMBOLS = '^$*.[]{}()?"!@#%&/\\,><\':;|_~`=+- ';
const ALPHABETS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#%&*?'];

/** Returns the first requirement that the password fails, in AWS's words, or undefined. */
export const passwordProblem = (policy: PasswordPolicy, password: string): string | undefined => {
  if (password.length < policy.minimumLength) return 'Password not long enough';
  if (policy.lowercase && !/[a-z]/.test(password)) return 'Password must have lowercase characters';
  if (policy.uppercase && !/[A-Z]/.test(password)) return 'Password must have uppercase characters';
  if (policy.numbers && !/[0-9]/.test(password)) return 'Password must have numeric characters';
  const hasSymbol = [...password].some((character) => SYMBOLS.includes(character));
  if (policy.symbols && !hasSymbol) return 'Password must have symbol characters';
  return undefined;
};

/** Returns a random password that meets every policy of its length, because it takes each kind of character in turn. */
export const generatePassword = ({ minimumLength }: PasswordPolicy): string => {
  const length = Math.max(minimumLength, 16);
  return Array.from({ length }, (_, index) => {
    const alphabet = ALPHABETS[index % ALPHABETS.length] as string;
    return alphabet[randomInt(alphabet.length)];
  }).join('');
};
