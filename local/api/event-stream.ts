/** Changes as server-sent events (HTML standard, section 9.2). */
import { Readable } from 'node:stream';
import type { Changes } from './changes.ts';
import type { Change } from './types.ts';

/** The time between two heartbeats. They show both sides that a quiet connection is alive. */
const HEARTBEAT_MS = 15_000;
/** Milliseconds after which a browser connects again. */
const RECONNECT_MS = 1_000;
/** A reader that falls this many bytes behind is cut off; it connects again and fetches what it shows. */
const MAX_BACKLOG_BYTES = 256 * 1024;

const toEvent = ({ kind, ...data }: Change): string => `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;

/** One reader's stream. It ends when it is destroyed, and then nothing of it is left. */
export const openEventStream = (changes: Changes, heartbeatMs = HEARTBEAT_MS): Readable => {
  const stream = new Readable({
    read: () => {},
    destroy: (error, done) => {
      clearInterval(heartbeat);
      stopListening();
      done(error);
    },
  });
  const send = (text: string) => {
    stream.push(text);
    if (stream.readableLength > MAX_BACKLOG_BYTES) stream.destroy();
  };
  const stopListening = changes.listen((change) => send(toEvent(change)));
  const heartbeat = setInterval(() => send(': still here\n\n'), heartbeatMs);
  heartbeat.unref();
  send(`retry: ${RECONNECT_MS}\n\n`);
  return stream;
};
