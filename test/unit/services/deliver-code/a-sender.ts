import { type Dependencies, deliver } from '../../../../services/deliver-code/deliver.ts';
import type { Envelope, SendOutcome } from '../../../../services/deliver-code/send-mail.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { ReportedError } from '../../../../shared/lambda/reported-error.ts';
import type { Mail } from '../../../../shared/mail/compose-mail.ts';
import type { MailTexts } from '../../../../shared/mail/mail-settings.ts';
import type { Delivered, DeliveryTask } from '../../../../shared/messages/delivery.ts';
import { SHIPPED } from '../../../support/mail/mail-settings.ts';
import { createMeasured, type Measured } from '../../../support/system/measured.ts';
import { ADDRESS_KEY, aChallenge, EMAIL, KEY, NOW, REF, SECOND } from '../../../support/table/challenges.ts';
import { type ObservedStores, observedStores } from '../../../support/table/observed-stores.ts';

/** What a language is called is all that matters here. */
const ENGLISH = SHIPPED.texts.en as MailTexts;

export const aDelivery = (changes: Partial<DeliveryTask> = {}): DeliveryTask => ({
  ...REF,
  delivery: 1,
  email: EMAIL,
  locale: 'en',
  execution: 'execution-1',
  retries: 0,
  ...changes,
});

export const refusedBySes = (name = 'EmailRejected'): SendOutcome => ({
  kind: 'refused',
  error: new ReportedError(name, 'MessageRejected'),
});
export const unansweredBySes = (): SendOutcome => ({
  kind: 'unclear',
  error: new ReportedError('EmailUnanswered', 'TimeoutError'),
});

export interface Sender {
  readonly deps: Dependencies;
  readonly stores: ObservedStores;
  readonly measured: Measured;
  readonly calls: readonly string[];
  /** What SES was given. */
  readonly sent: readonly { readonly envelope: Envelope; readonly mail: Mail }[];
  /** What SES answers from now on. */
  answer: (envelope: Envelope) => Promise<SendOutcome>;
  /** The time that the function sees. */
  now: number;
  /** Invokes the function, each time as another invocation. */
  deliver(event?: unknown): Promise<Delivered>;
}

/** A function that sends, and challenges as they are stored. */
export const aSender = async (stored: readonly Challenge[] = [aChallenge()]): Promise<Sender> => {
  const stores = await observedStores(stored);
  const measured = createMeasured();
  const sent: { readonly envelope: Envelope; readonly mail: Mail }[] = [];
  let invocations = 0;
  const sender: Sender = {
    stores,
    measured,
    sent,
    calls: stores.calls,
    now: NOW + SECOND,
    answer: async () => ({ kind: 'accepted', messageId: `message-${sent.length}` }),
    deps: {
      challenges: stores.challenges,
      keyFor: async () => {
        stores.calls.push('keyFor');
        return KEY;
      },
      addressKey: async () => {
        stores.calls.push('addressKey');
        return ADDRESS_KEY;
      },
      sendMail: (envelope, mail) => {
        stores.calls.push('sendMail');
        sent.push({ envelope, mail });
        return sender.answer(envelope);
      },
      measure: measured.measure,
      now: () => sender.now,
      codeLength: 6,
      mail: { ...SHIPPED, texts: { de: ENGLISH, ...SHIPPED.texts } },
    },
    deliver: async (event = aDelivery()) => {
      invocations += 1;
      return deliver(sender.deps, event, `invocation-${invocations}`);
    },
  };
  return sender;
};
