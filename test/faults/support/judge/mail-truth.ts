/** Invariant I12, as the trail is read without the product's own rules: which word about a mail its facts allow. */
import type { Challenge, DeliveryFact, DeliveryStatus } from '../../../../shared/domain/challenge.ts';

type Facts = Challenge['events'];

/** What has to be in the trail for a word, one of it. A word that is better than its facts is none of the trail's. */
const SAID_BY: Readonly<Record<DeliveryStatus, readonly DeliveryFact[]>> = {
  SENDING: ['REQUESTED', 'RESEND_REQUESTED'],
  DEFERRED: ['SEND_DEFERRED'],
  FAILED: ['SEND_FAILED'],
  SENT: ['SENT', 'ACCEPTED'],
  DELAYED: ['DELAYED'],
  DELIVERED: ['DELIVERED'],
  BOUNCED: ['BOUNCED'],
  SUPPRESSED: ['SUPPRESSED'],
  REJECTED: ['REJECTED'],
};

/** What may not be in the trail beside a word, because it is later in the life of a mail and takes its place. */
const HIDDEN_BY: Readonly<Record<DeliveryStatus, readonly DeliveryStatus[]>> = {
  SENDING: ['DEFERRED', 'FAILED', 'SENT', 'DELAYED', 'DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'],
  DEFERRED: ['FAILED', 'SENT', 'DELAYED', 'DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'],
  FAILED: ['SENT', 'DELAYED', 'DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'],
  SENT: ['DELAYED', 'DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'],
  DELAYED: ['DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'],
  DELIVERED: [],
  BOUNCED: [],
  SUPPRESSED: [],
  REJECTED: [],
};

const ENDS: readonly DeliveryFact[] = ['DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'];

/** Whether the facts of this mail allow the word. Of the reports that end a mail's way, none is newer than the one that is told. */
export const isTrueOfMail = (facts: Facts, delivery: number, told: DeliveryStatus): boolean => {
  const at = (fact: DeliveryFact) => facts[`${delivery}#${fact}`]?.at;
  const isSaid = (word: DeliveryStatus) => SAID_BY[word].some((fact) => at(fact) !== undefined);
  const [own] = ENDS.filter((end) => end === told).map(at);
  const isNewest = own === undefined || ENDS.every((end) => (at(end) ?? '') <= own);
  return isSaid(told) && !HIDDEN_BY[told].some(isSaid) && isNewest;
};
