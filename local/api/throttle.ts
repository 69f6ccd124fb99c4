/** Limits how often something is announced. */

/** Returns a function that runs `action` at once when it is first called, and then at most once in `ms` real milliseconds. */
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
