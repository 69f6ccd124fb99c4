/** Where the code of the functions is: `tools/package/functions.ts` builds it there, and the stack takes it from there. */

/**
 * The services that share a folder, by its name. The SDK is in it once for all of them, which makes the package smaller. Nobody waits
 * for the start of these functions; those of a sign-in have a folder for each, in which a start reads one file.
 */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  background: ['attach-pool', 'record-feedback', 'sweep-challenges'],
};

export interface CodePlace {
  /** Below the folder of all functions. */
  readonly folder: string;
  /** The file in it that Lambda loads, without its ending `.mjs`. */
  readonly file: string;
}

/** `service` is a folder under `services/`. */
export const codePlace = (service: string): CodePlace => {
  const [shared] = Object.entries(SHARED).find(([, services]) => services.includes(service)) ?? [];
  return shared === undefined ? { folder: service, file: 'index' } : { folder: shared, file: service };
};
