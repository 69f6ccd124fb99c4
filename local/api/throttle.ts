/** For what happens much more often than anybody wants to hear of it. */

/** Runs `action` at the first call at once, and after further calls at most once in `ms` real milliseconds. */
export const throttle = (action: () => void, ms: number): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  const run = () => {
    isDue = false;
    action();
    timer = setTimeout(() => {
      timer = undefined;
      if (isDue) run();
    }, ms).unref();
  };
  return () => {
    if (timer === undefined) run();
    else isDue = true;
  };
};
