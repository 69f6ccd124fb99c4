/** Says why Cognito refuses a new password. */

/** By words in Cognito's message. */
const RULES: Readonly<Record<string, string>> = {
  'not long enough': 'is too short',
  'regular expression': 'is too short, or begins or ends with a space',
  lowercase: 'needs a lower-case letter',
  uppercase: 'needs an upper-case letter',
  numeric: 'needs a digit',
  symbol: 'needs a symbol such as ! or #',
};

/** Returns a text for the person. `message` is Cognito's, which names the first rule that the password breaks. */
export const describePasswordProblem = (message: string): string => {
  const rule = Object.keys(RULES).find((words) => message.includes(words));
  return rule === undefined
    ? 'The password is not allowed. Choose another one.'
    : `The password ${RULES[rule]}.`;
};
