/** The mails that SES has accepted, by user, and waiting for them. The engine's own inbox is read from disk, all of it each time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxMail } from '../../../../local/engines/ses/inbox.ts';

export interface Mailbox {
  /** Takes a mail; its tags say whose it is. */
  accept(mail: InboxMail): void;
  /** Oldest first. */
  of(userId: string): readonly InboxMail[];
  /** The user's first mail for which this holds, once there is one. Throws when none comes in so many real milliseconds. */
  find(userId: string, holds: (mail: InboxMail) => boolean, patienceMs?: number): Promise<InboxMail>;
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
    find: async (userId, holds, patienceMs = PATIENCE_MS) => {
      const giveUp = performance.now() + patienceMs;
      while (performance.now() < giveUp) {
        const found = of(userId).find(holds);
        if (found !== undefined) return found;
        await sleep(LOOK_EVERY_MS);
      }
      throw new Error(`The mail did not come in time; the user has ${of(userId).length} others`);
    },
  };
};
