/** Shows on the standard error that a long reading goes on: one changing line on a terminal, separate lines in a log. */
import type { TrailPage } from '../../shared/table/trail.ts';

/** The part of `process.stderr` that progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress extends Disposable {
  note(page: TrailPage): void;
  /** Removes the changing line so that something else can be printed. The next progress shows it again. */
  clear(): void;
}

/** Milliseconds between two lines, and before the first one. */
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
