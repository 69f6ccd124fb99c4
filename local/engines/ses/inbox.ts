/** Keeps accepted mails on disk, oldest first. */
import type { Clock } from '../../ground/clock.ts';
import type { State } from '../../ground/state.ts';

export interface AcceptedMail {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Who gets replies, if it is not the sender. */
  readonly replyTo?: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The headers that the sender has given, by name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface InboxMail extends AcceptedMail {
  /** ISO 8601. */
  readonly receivedAt: string;
}

export interface Inbox {
  accept(mail: AcceptedMail): void;
  all(): readonly InboxMail[];
  get(messageId: string): InboxMail | undefined;
  /** Returns whether there was such a mail. */
  remove(messageId: string): boolean;
}

export const createInbox = (state: State, clock: Clock, onMail: (mail: InboxMail) => void): Inbox => {
  const mails = state.documents<InboxMail>('mail');
  return {
    accept: (accepted) => {
      const mail = { ...accepted, receivedAt: new Date(clock.now()).toISOString() };
      mails.put(mail.messageId, mail);
      onMail(mail);
    },
    all: () => mails.all(),
    get: (messageId) => mails.get(messageId),
    remove: (messageId) => mails.delete(messageId),
  };
};
