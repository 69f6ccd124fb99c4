/** What ought to happen to mails, and to challenges that nobody answers. */
import type { DeliveryStatus } from '../../../shared/domain/challenge.ts';
import { SECOND } from '../../support/table/challenges.ts';
import { type Challenge, count, giveBack, isLive, isUnmailed, type Mail, type Model, note } from './model.ts';

export type Ses = 'takes' | 'refuses';

/** How a mail stands. The newest report decides. */
export const mailStatus = ({ facts }: Challenge, mail: number): DeliveryStatus => {
  const reports = (['DELIVERED', 'BOUNCED'] as const).filter((report) => facts.has(`${mail}#${report}`));
  const order = [...facts];
  const [newest] = reports.toSorted((a, b) => order.indexOf(`${mail}#${b}`) - order.indexOf(`${mail}#${a}`));
  if (newest) return newest;
  if (facts.has(`${mail}#SENT`)) return 'SENT';
  return facts.has(`${mail}#SEND_FAILED`) ? 'FAILED' : 'SENDING';
};

/** The model of one execution of the delivery workflow. */
export const deliver = (
  model: Model,
  { challenge, mail }: Mail,
  { now, ses }: { readonly now: number; readonly ses: Ses },
): 'sent' | 'alreadySent' | 'EmailRejected' | 'ChallengeClosed' => {
  if (challenge.facts.has(`${mail}#SENT`)) return 'alreadySent';
  const isOpen = isLive(challenge, now) && !challenge.facts.has(`${mail}#SEND_FAILED`);
  if (isOpen && ses === 'takes') {
    model.mails.push({ challenge, mail });
    note(challenge, `${mail}#SENT`);
    count(model, 'CodeSent');
    return 'sent';
  }
  const reason = isOpen ? 'EmailRejected' : 'ChallengeClosed';
  note(challenge, `${mail}#SEND_FAILED`);
  count(model, `SendTryFailed ${reason}`);
  giveBack(model, { challenge, mail });
  return reason;
};

/** The model of record-feedback. */
export const report = (
  model: Model,
  { challenge, mail }: Mail,
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
    if (isUnmailed(challenge)) orphan(model, challenge);
    else {
      challenge.outcome = 'EXPIRED';
      note(challenge, 'EXPIRED');
      count(model, 'ChallengeExpired');
    }
  }
};

const orphan = (model: Model, challenge: Challenge): void => {
  challenge.outcome = 'ORPHANED';
  note(challenge, 'ORPHANED');
  count(model, 'ChallengeOrphaned');
  count(model, 'NeverMailed');
  for (const n of challenge.orderedAt.keys()) giveBack(model, { challenge, mail: n + 1 });
};
