/** The messages between the engine and a function's process, sent as JSON over the process's IPC channel. */
import type { ClockSettings } from '../../../ground/clock.ts';

/** From the engine to the process: run the handler once. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly functionArn: string;
  /** JSON text, which the process parses as it would on Lambda. */
  readonly event: string;
  readonly clock: ClockSettings;
  /** Real milliseconds that the handler has. */
  readonly limitMs: number;
}

/** From the process to the engine. `initialized` comes once, before the first outcome. A `fatal` failure ends the process. */
export type SandboxMessage =
  | { readonly kind: 'initialized' }
  | { readonly kind: 'returned'; readonly payload: string }
  | {
      readonly kind: 'failed';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly fatal: boolean;
    };
