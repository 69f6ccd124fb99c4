declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** The LevelDB folder; without it the data are only in memory. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
  }
  const dynalite: (options?: Options) => Server;
  export = dynalite;
}
