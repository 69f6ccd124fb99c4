/** The time in the headers of AWS's responses, for commands that cannot trust this machine's clock. */

const noteFrom = (response: unknown, note: (date: string | undefined) => void): void => {
  const { headers } = (response ?? {}) as { readonly headers?: Readonly<Record<string, string>> };
  if (headers !== undefined) note(headers.date);
};

/** Where `notingDates` has its place among the SDK's middlewares. */
export const AT_RESPONSE = { step: 'deserialize', name: 'notingDates' } as const;

/** A middleware that calls `note` with the header `date` of each response, refusals included. */
export const notingDates =
  (note: (date: string | undefined) => void) =>
  <Args, Result extends { readonly response: unknown }>(next: (args: Args) => Promise<Result>) =>
  async (args: Args): Promise<Result> => {
    try {
      const result = await next(args);
      noteFrom(result.response, note);
      return result;
    } catch (error) {
      noteFrom((error as { readonly $response?: unknown }).$response, note);
      throw error;
    }
  };
