/** The mails that SES has accepted, by user. They are kept here because the engine reads its whole inbox from disk each time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxMail } from '../../../../local/engines/ses/inbox.ts';

export interface Mailbox {
  /** Stores a mail; its tags say which user it is for. */
  accept(mail: InboxMail): void;
  /** Oldest first. */
  of(userId: string): readonly InboxMail[];
  /** Waits for the user's first mail for which `holds` is true. Throws if none comes within `patienceMs` real milliseconds. */
  find(userId: string, holds: (mail: InboxMail) => boolean, patienceMs?: number): Promise<InboxMail>;
}

/** Real milliseconds: more than an execution waits on a busy machine. */
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
