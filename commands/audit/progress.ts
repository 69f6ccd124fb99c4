/** Shows on the standard error that a long reading is still at it: one changing line, or a line now and then in a log. */
import type { TrailPage } from '../../shared/table/trail.ts';

/** What progress needs of `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress extends Disposable {
  note(page: TrailPage): void;
  /** Takes the changing line off the terminal, to print something else there; it comes back by itself. */
  clear(): void;
}

/** Milliseconds between two lines: on a terminal, where the first comes after a second, and elsewhere. */
const ON_TERMINAL = 1_000;
const ELSEWHERE = 5_000;

const ERASE_LINE = '\r\u001b[K';

export const createProgress = (stream: ProgressStream): Progress => {
  let pages = 0;
  let found = 0;
  let isShown = false;
  const show = () => {
    const text = `… ${found} challenges so far, ${pages} pages read`;
    stream.write(stream.isTTY ? `${ERASE_LINE}${text}` : `${text}\n`);
    isShown = stream.isTTY === true;
  };
  const clear = () => {
    if (isShown) stream.write(ERASE_LINE);
    isShown = false;
  };
  const timer = setInterval(show, stream.isTTY ? ON_TERMINAL : ELSEWHERE);
  return {
    note: (page) => {
      pages += 1;
      found += page.found;
    },
    clear,
    [Symbol.dispose]: () => {
      clearInterval(timer);
      clear();
    },
  };
};
