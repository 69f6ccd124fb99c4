/**
 * Where a command runs: in the repository, called by `npm run`, or in the published package, called by `npx`. The build of
 * the package defines `PACKAGE_VERSION`, and nothing else does.
 */
declare const PACKAGE_VERSION: string | undefined;

/** The version of the package; undefined in the repository. */
export const VERSION = typeof PACKAGE_VERSION === 'undefined' ? undefined : PACKAGE_VERSION;

export type CommandPlace = 'repository' | 'package';

export const PLACE: CommandPlace = VERSION === undefined ? 'repository' : 'package';

/** How a person calls the command with this name: `npm run audit -- --json`, or `npx cognito-email-otp audit --json`. */
export const callOf = (name: string, options = '', place: CommandPlace = PLACE): string => {
  if (place === 'package') return `npx cognito-email-otp ${name} ${options}`.trimEnd();
  const call = name === 'start' ? 'npm start' : `npm run ${name}`;
  return options === '' ? call : `${call} -- ${options}`;
};

/**
 * The folder that a person's relative paths start from: in an app the current one; in the repository its root, where npm runs its
 * scripts wherever it was called.
 */
export const baseFolder = (root: string, place: CommandPlace = PLACE): string =>
  place === 'package' ? process.cwd() : root;
