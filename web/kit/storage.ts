/** What the page keeps in the browser. */

/**
 * Returns undefined where people have blocked site data: there browsers throw as soon as a page asks for its storage, or have none.
 * `read` is such as `() => localStorage`.
 */
export const openStorage = (read: () => Storage | null): Storage | undefined => {
  try {
    return read() ?? undefined;
  } catch {
    return undefined;
  }
};
