/** Prints a line with the seconds since `createSay` was called, so that a long test shows where it is. */
export const createSay = (): ((text: string) => void) => {
  const started = Date.now();
  return (text) => console.log(`[${((Date.now() - started) / 1_000).toFixed(1).padStart(5)} s] ${text}`);
};
