/** What ought to happen to mails, and to challenges that nobody answers. */
import type { DeliveryStatus } from '../../../../shared/domain/challenge.ts';
import { SECOND } from '../../../support/table/challenges.ts';
import {
  type Challenge,
  close,
  count,
  giveBack,
  isLive,
  isMailed,
  type Mail,
  type Model,
  note,
} from './model.ts';

/** `takesUnheard`: SES takes the mail, and its answer is lost. */
export type Ses = 'takes' | 'refuses' | 'takesUnheard';

/** How a mail stands. The newest report decides. */
export const mailStatus = ({ facts }: Challenge, mail: number): DeliveryStatus => {
  const newestFirst = [...facts].toReversed();
  const reports = (['DELIVERED', 'BOUNCED'] as const).map((status) => ({
    status,
    fact: `${mail}#${status}`,
  }));
  const reported = newestFirst.flatMap((fact) => reports.filter((report) => report.fact === fact));
  if (reported[0]) return reported[0].status;
  if (facts.has(`${mail}#SENT`)) return 'SENT';
  return facts.has(`${mail}#SEND_FAILED`) ? 'FAILED' : 'SENDING';
};

type Delivered =
  | 'sent'
  | 'alreadySent'
  | 'LeaseHeld'
  | 'EmailUnanswered'
  | 'EmailRejected'
  | 'ChallengeClosed';

/** The model of one try of the delivery workflow. Without an answer of SES, it tries again later. */
export const deliver = (
  model: Model,
  { challenge, mail }: Mail,
  { now, ses }: { readonly now: number; readonly ses: Ses },
): Delivered => {
  if (challenge.facts.has(`${mail}#SENT`)) return 'alreadySent';
  if (!isLive(challenge, now) || challenge.facts.has(`${mail}#SEND_FAILED`))
    return giveUp(model, { challenge, mail }, 'ChallengeClosed');
  if ((challenge.unanswered.get(mail) ?? 0) > now) return 'LeaseHeld';
  if (ses === 'refuses') return giveUp(model, { challenge, mail }, 'EmailRejected');
  model.mails.push({ challenge, mail });
  if (ses === 'takesUnheard') {
    challenge.unanswered.set(mail, now + 30 * SECOND);
    count(model, 'SendTryFailed EmailUnanswered');
    return 'EmailUnanswered';
  }
  note(challenge, `${mail}#SENT`);
  count(model, 'CodeSent');
  return 'sent';
};

const giveUp = <Reason extends Delivered>(model: Model, mail: Mail, reason: Reason): Reason => {
  note(mail.challenge, `${mail.mail}#SEND_FAILED`);
  count(model, `SendTryFailed ${reason}`);
  giveBack(model, mail);
  return reason;
};

/** What a stranger who may start the workflow wants mailed: to an address of theirs, or what nobody ordered. */
export type Stranger = 'toAnotherAddress' | 'another';

/** The model of the workflow that a stranger has started: it leaves no trace but the alarm's. */
export const refuseStranger = (model: Model, wants: Stranger): 'OtherAddress' | 'NotOrdered' => {
  count(model, 'DeliveryRefused');
  return wants === 'another' ? 'NotOrdered' : 'OtherAddress';
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
    if (!isMailed(challenge)) orphan(model, challenge);
    else {
      close(challenge, 'EXPIRED');
      count(model, 'ChallengeExpired');
    }
  }
};

const orphan = (model: Model, challenge: Challenge): void => {
  close(challenge, 'ORPHANED');
  count(model, 'ChallengeOrphaned');
  count(model, 'NeverMailed');
  for (const n of challenge.orderedAt.keys()) giveBack(model, { challenge, mail: n + 1 });
};
