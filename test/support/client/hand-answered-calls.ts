/** Calls whose answers a test gives by hand, one after the other. */
import type { CodeCalls, CodeReply } from '../../../client/calls.ts';
import type { ClientMetadataTexts } from '../../../shared/messages/client-metadata.ts';

interface Sent {
  readonly answer: string;
  readonly metadata: ClientMetadataTexts;
  resolve(reply: CodeReply): void;
  reject(error: unknown): void;
}

export const handAnsweredCalls = (options: Omit<CodeCalls, 'respond'> = {}) => {
  const sent: Sent[] = [];
  const calls: CodeCalls = {
    ...options,
    respond: (answer, metadata) =>
      new Promise<CodeReply>((resolve, reject) => sent.push({ answer, metadata, resolve, reject })),
  };
  return {
    calls,
    /** What was sent, in order. */
    sent,
    /** The last call; it fails if nothing was sent. */
    last: (): Sent => sent.at(-1) ?? (Promise.reject(new Error('Nothing was sent')) as never),
  };
};
