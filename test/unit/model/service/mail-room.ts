/** What happens to the mails of a service: the delivery workflow, SES's answers and reports, and the sweep. */
import { deliver } from '../../../../services/deliver-code/deliver.ts';
import type { SendMail } from '../../../../services/deliver-code/send-mail.ts';
import { recordFeedback } from '../../../../services/record-feedback/record-feedback.ts';
import { createOpenChallenges } from '../../../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../../../services/sweep-challenges/sweep.ts';
import { factName } from '../../../../shared/domain/challenge.ts';
import { ReportedError } from '../../../../shared/lambda/reported-error.ts';
import type { DeliveryOrder } from '../../../../shared/messages/delivery.ts';
import { SHIPPED } from '../../../support/mail/mail-settings.ts';
import { aFeedback, asSesRepeats } from '../../../support/sign-in/feedback.ts';
import { aFact, SECOND } from '../../../support/table/challenges.ts';
import type { Ses } from '../rules/mails.ts';
import type { Ground, SentMail } from './ground.ts';

/** After these errors the workflow writes nothing: it tries again later, or nobody has ordered the mail. */
const UNRECORDED: readonly string[] = ['LeaseHeld', 'EmailUnanswered', 'NotOrdered', 'OtherAddress'];

/** The mail room of the service on this ground. */
export const mailRoomOf = ({ table, deps, mails, now, nextId }: Ground) => {
  const sendMail =
    (ses: Ses): SendMail =>
    async (mail, { text }) => {
      if ('notice' in mail) throw new Error('This mail room sends codes only');
      const { challengeId, delivery } = mail;
      if (ses === 'refuses')
        return { kind: 'refused', error: new ReportedError('EmailRejected', 'MessageRejected') };
      const messageId = nextId('message');
      mails.push({ challengeId, delivery, messageId, code: /^\d{6}$/m.exec(text)?.[0] ?? 'none' });
      return ses === 'takes'
        ? { kind: 'accepted', messageId }
        : { kind: 'unclear', error: new ReportedError('EmailUnanswered', 'TimeoutError') };
    };

  /** The states LogFailure and GiveBack of the workflow. */
  const logFailure = async (input: DeliveryOrder): Promise<void> => {
    const { delivery } = input;
    await table.writeFact(input, factName(delivery, 'SEND_FAILED'), aFact(now()));
    const challenge = await table.challenges.read(input);
    if (!challenge?.unclear?.includes(delivery)) await deps.users.giveBack(input, [delivery]);
  };

  /** One try of an execution of the workflow, with its writes. Returns how it ended. */
  const work = async (input: DeliveryOrder, ses: Ses): Promise<string> => {
    const task = { ...input, execution: nextId('execution'), retries: 0 };
    try {
      const { kind, messageId, sentAt } = await deliver(
        { ...deps, sendMail: sendMail(ses), mail: SHIPPED },
        task,
        nextId('invocation'),
      );
      if (kind === 'sent')
        await table.writeSent(input, input.delivery, { at: sentAt, by: 'workflow', messageId });
      return kind;
    } catch (error) {
      if (!(error instanceof ReportedError)) throw error;
      if (!UNRECORDED.includes(error.name)) await logFailure(input);
      return error.name;
    }
  };

  const report = async (mail: SentMail, userId: string, eventType: 'Delivery' | 'Bounce') => {
    const { delivery, messageId } = mail;
    const at = new Date(now()).toISOString();
    const tags = asSesRepeats({ ...mail, userId });
    return (await recordFeedback(deps, aFeedback(eventType, { delivery, messageId, tags, at }))).kind;
  };

  return {
    work,
    report,
    sweep: () =>
      sweep(
        {
          ...deps,
          challenges: createOpenChallenges(table.client, table.tableName),
          giveBack: deps.users.giveBack,
        },
        { requestId: nextId('request'), timeLeft: () => 50 * SECOND },
      ),
  };
};
