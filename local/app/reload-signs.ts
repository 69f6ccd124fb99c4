/** The signs that an app has changed: a key in the terminal, a request, and the files that somebody else writes. */
import { createInterface } from 'node:readline';

const LOOK_EVERY_MS = 1_000;

/** Calls `changed` when the stamp is another one than at the start, and has then stayed the same for a look: files come one by one. */
export const watchStamp = (
  stamp: () => string | undefined,
  changed: () => void,
  everyMs = LOOK_EVERY_MS,
): (() => void) => {
  let known = stamp();
  let last = known;
  const timer = setInterval(() => {
    const now = stamp();
    if (now !== known && now === last) {
      known = now;
      changed();
    }
    last = now;
  }, everyMs).unref();
  return () => clearInterval(timer);
};

/** Where a POST takes the app over: for programs, and where there is no terminal. */
const RELOAD_PATH = '/_local/reload';

export interface StandardStreams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean };
}

/** A job in the background is stopped when it reads from its terminal (SIGTTIN). One whose output goes elsewhere is taken for such a job. */
const hasReader = ({ stdin, stdout }: StandardStreams): boolean =>
  stdin.isTTY === true && stdout.isTTY === true;

/** Calls `changed` for each Enter, if there is a terminal to press it in. */
export const listenForReload = (changed: () => void, terminal: StandardStreams = process): void => {
  if (!hasReader(terminal)) return;
  createInterface({ input: terminal.stdin }).on('line', (line) => {
    if (/^r?$/i.test(line.trim())) changed();
  });
};

/** What the terminal says of it. `isWatched`: somebody else writes the files, which are looked at. */
export const howToReload = (isWatched: boolean, url: string, terminal: StandardStreams = process): string => {
  if (isWatched) return 'it is taken over by itself once it is synthesized';
  return hasReader(terminal)
    ? 'Enter takes it over'
    : `this takes it over: curl --request POST ${url}${RELOAD_PATH}`;
};
