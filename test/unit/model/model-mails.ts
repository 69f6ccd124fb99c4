/** What ought to happen to mails, and to challenges that nobody answers. */
import { SECOND } from '../../support/table/challenges.ts';
import { count, isLive, type Model, note } from './model.ts';

export type Ses = 'takes' | 'refuses';

/** The model of one execution of the delivery workflow. */
export const deliver = (
  model: Model,
  { challenge, mail }: Model['started'][number],
  { now, ses, owner }: { readonly now: number; readonly ses: Ses; readonly owner: string },
): 'sent' | 'alreadySent' | 'held' | 'EmailRejected' | 'ChallengeClosed' => {
  if (challenge.facts.has(`${mail}#SENT`)) return 'alreadySent';
  const lease = challenge.leases[mail];
  if (isLive(challenge, now) && lease && lease.owner !== owner && now < lease.until) return 'held';
  if (isLive(challenge, now)) challenge.leases[mail] = { owner, until: now + 30 * SECOND };
  if (isLive(challenge, now) && ses === 'takes') {
    model.mails.push({ challenge, mail });
    note(challenge, `${mail}#SENT`);
    count(model, 'CodeSent');
    return 'sent';
  }
  const reason = isLive(challenge, now) ? 'EmailRejected' : 'ChallengeClosed';
  note(challenge, `${mail}#SEND_FAILED`);
  count(model, `SendTryFailed ${reason}`);
  return reason;
};

/** The model of record-feedback. */
export const report = (
  model: Model,
  { challenge, mail }: Model['mails'][number],
  fact: 'DELIVERED' | 'BOUNCED',
): 'first' | 'known' => {
  if (!note(challenge, `${mail}#${fact}`)) return 'known';
  count(model, fact === 'DELIVERED' ? 'MailDelivered' : 'MailBounced');
  return 'first';
};

/** The model of sweep-challenges. */
export const sweep = (model: Model, now: number): void => {
  for (const challenge of model.users.flatMap(({ challenges }) => challenges)) {
    if (challenge.outcome !== undefined || challenge.expiresAt >= now - 30 * SECOND) continue;
    const isMailed = model.mails.some((mailed) => mailed.challenge === challenge);
    challenge.outcome = isMailed ? 'EXPIRED' : 'ORPHANED';
    note(challenge, challenge.outcome);
    count(model, isMailed ? 'ChallengeExpired' : 'ChallengeOrphaned');
  }
};
