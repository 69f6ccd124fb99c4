/**
 * What synthesis prints if settings cannot be used, one line for each of them. The CDK passes on neither an exit code nor a
 * name, so `npm start` knows wrong settings from other failures by this text.
 */

const TITLE = 'Wrong settings:';

export const writeWrongSettings = (problems: readonly string[]): string =>
  [TITLE, ...problems.map((problem) => `- ${problem}`)].join('\n');

/** Finds the text in what a synthesis has printed. Returns undefined if the synthesis failed for another reason. */
export const readWrongSettings = (printed: string): string | undefined =>
  new RegExp(`^${TITLE}(?:\\n- .+)+`, 'm').exec(printed)?.[0];
