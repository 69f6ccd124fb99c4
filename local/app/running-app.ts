/** Keeps an app running: starts it, and takes over what it has become without losing users, tables and trails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../../shared/command/failure.ts';
import type { System } from '../system.ts';
import type { LoadApp } from './app.ts';

export interface RunningAppParts {
  /** Reads the app as it is now. Throws `CommandError`. */
  readonly read: () => Promise<LoadApp>;
  /** Starts it with the state that is kept, users included. `isReturn`: it has run before, and nothing else does. */
  readonly start: (load: LoadApp, isReturn?: boolean) => Promise<System>;
  /** Starts it in an empty folder at a free port, and ends it. Rejects if it cannot be run. */
  readonly tryOut: (load: LoadApp, folder: string) => Promise<void>;
  readonly say: (text: string) => void;
}

export interface RunningApp {
  /** Takes over what the app has become. One that cannot be run leaves the old one running, and says why. Never rejects. */
  reload(): Promise<void>;
  /** Whether it is being taken over. */
  isBusy(): boolean;
  close(): Promise<void>;
}

const isRunnable = async (load: LoadApp, { tryOut }: RunningAppParts): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'email-otp-trial-'));
  try {
    await tryOut(load, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What happened stands in the last line too, where the reasons take several: a synthesis may say a lot. */
const withReasons = (what: string, reasons: string): string =>
  reasons.includes('\n') ? `${what}:\n${reasons}\n${what} (the reasons are above)` : `${what}: ${reasons}`;

const wordsOf = (error: unknown): string =>
  error instanceof CommandError ? error.message : String(error instanceof Error ? error.message : error);

/** Throws `CommandError` if the app cannot be started now. */
export const runApp = async (parts: RunningAppParts): Promise<RunningApp> => {
  const { read, start, say } = parts;
  let load = await read();
  let system = await start(load);
  let busy: Promise<void> | undefined;
  let isDue = false;

  const takeOver = async (next: LoadApp): Promise<void> => {
    await system.close();
    try {
      system = await start(next);
      load = next;
    } catch (error) {
      say(
        withReasons('The changed app could not be started, so the one before it runs again', wordsOf(error)),
      );
      system = await start(load, true);
    }
  };
  const reload = async (): Promise<void> => {
    try {
      const next = await read();
      await isRunnable(next, parts);
      await takeOver(next);
    } catch (error) {
      say(withReasons('The changed app is not taken over, and the one before it goes on', wordsOf(error)));
    }
  };
  return {
    reload: async () => {
      isDue = true;
      busy ??= (async () => {
        while (isDue) {
          isDue = false;
          await reload();
        }
      })().finally(() => {
        busy = undefined;
      });
      await busy;
    },
    isBusy: () => busy !== undefined,
    close: async () => {
      await busy;
      await system.close();
    },
  };
};
