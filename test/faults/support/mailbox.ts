/** The mails that SES has accepted, by user, and waiting for them. The engine's own inbox is read from disk, all of it each time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxMail } from '../../../infra/local/ses/inbox.ts';

export interface Mailbox {
  /** Takes a mail; its tags say whose it is. */
  accept(mail: InboxMail): void;
  /** Oldest first. */
  of(userId: string): readonly InboxMail[];
  /** The newest mail, once the user has this many. Throws when they do not come in time. */
  newest(userId: string, count?: number): Promise<InboxMail>;
}

/** Real milliseconds: more than an execution waits, on a machine that is busy. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 15;

export const createMailbox = (): Mailbox => {
  const mails = new Map<string, InboxMail[]>();
  const of = (userId: string) => mails.get(userId) ?? [];
  return {
    of,
    accept: (mail) => {
      const userId = mail.tags.user ?? '';
      mails.set(userId, [...of(userId), mail]);
    },
    newest: async (userId, count = 1) => {
      const giveUp = performance.now() + PATIENCE_MS;
      while (performance.now() < giveUp) {
        const all = of(userId);
        const newest = all.at(-1);
        if (newest !== undefined && all.length >= count) return newest;
        await sleep(LOOK_EVERY_MS);
      }
      throw new Error(`Only ${of(userId).length} of ${count} mails came in time`);
    },
  };
};
