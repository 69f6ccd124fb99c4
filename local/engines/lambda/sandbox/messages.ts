/** What the engine and a function's process say to each other; both directions are JSON over the process's IPC channel. */
import type { ClockSettings } from '../../../ground/clock.ts';

/** Engine to process: run the handler once. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly functionArn: string;
  /** As JSON text, so that the process parses what Lambda would have sent it. */
  readonly event: string;
  readonly clock: ClockSettings;
  /** Real milliseconds that the handler has. */
  readonly limitMs: number;
}

/** Process to engine. `initialized` comes once, before the first outcome; a `fatal` failure ends the process. */
export type SandboxMessage =
  | { readonly kind: 'initialized' }
  | { readonly kind: 'returned'; readonly payload: string }
  | {
      readonly kind: 'failed';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly fatal: boolean;
    };
