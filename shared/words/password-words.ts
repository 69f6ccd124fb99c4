/** Says why Cognito refuses a new password. The sentences are in `shared/texts/`. */

/** The rule that a new password breaks; `notAllowed` if none is known. */
export type PasswordRule =
  | 'tooShort'
  | 'badForm'
  | 'lowercase'
  | 'uppercase'
  | 'digit'
  | 'symbol'
  | 'notAllowed';

/** By words in Cognito's message. */
const RULES: Readonly<Record<string, PasswordRule>> = {
  'not long enough': 'tooShort',
  'regular expression': 'badForm',
  lowercase: 'lowercase',
  uppercase: 'uppercase',
  numeric: 'digit',
  symbol: 'symbol',
};

/** `message` is Cognito's, which names the first rule that the password breaks. */
export const passwordRule = (message: string): PasswordRule => {
  const words = Object.keys(RULES).find((rule) => message.includes(rule)) ?? '';
  return RULES[words] ?? 'notAllowed';
};
