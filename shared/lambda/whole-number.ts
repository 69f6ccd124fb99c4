/** Reads whole numbers from texts, for environment variables and outputs. */

const WHOLE = /^\d{1,9}(?:\*\d{1,9})?$/;

/**
 * Reads a whole number such as `900`, or a product of two such as `15*60`. A CloudFormation template cannot multiply, so where
 * a parameter is in minutes or days it writes the number of seconds in one beside it. Returns undefined for any other text.
 */
export const readWholeNumber = (text: string): number | undefined => {
  if (!WHOLE.test(text)) return undefined;
  return text.split('*').reduce((product, factor) => product * Number(factor), 1);
};
