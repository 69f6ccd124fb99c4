/** The words of the code step: what came of each call, for the person who signs in. */
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { retryTime } from '../../shared/words/times.ts';
import type { CodeEnd, CodeNews } from '../news.ts';
import { bad, good, type Notice, plain } from './notice.ts';
import { describeProblem } from './problem-words.ts';
import { countSentence, fillSentence, joinSentences, type StepWords, type Wording } from './wording.ts';

export interface AskedCode {
  readonly challenge: CodeChallenge;
  /** The service's time in epoch milliseconds. */
  readonly now: number;
  readonly wording: Wording;
}

/** Until then the countdown beside the button is enough; later a text says it. In milliseconds. */
const SHORT_WAIT_MS = 120_000;

const orderFrom = ({ challenge: { resendAt }, now, wording: { language, words } }: AskedCode): string =>
  fillSentence(words.order.from, { time: retryTime(resendAt, now, language) });

/** How a new mail is ordered, or from when on. */
const howToOrder = (asked: AskedCode): string =>
  asked.challenge.resendAt - asked.now > SHORT_WAIT_MS ? orderFrom(asked) : asked.wording.words.order.now;

/** Says why the mail will not arrive, and what to do. Returns undefined if it has arrived or may still arrive. */
const undelivered = (asked: AskedCode): string | undefined => {
  const { delivery, destination } = asked.challenge;
  const { mail, order } = asked.wording.words;
  switch (delivery) {
    case 'FAILED':
      return joinSentences(mail.failed, howToOrder(asked), order.elseLater);
    case 'REJECTED':
      return joinSentences(mail.failed, howToOrder(asked), order.elseSupport);
    case 'BOUNCED':
      return fillSentence(mail.returned, { destination });
    case 'SUPPRESSED':
      return fillSentence(mail.blocked, { destination });
    default:
      return undefined;
  }
};

/** What the mail is called: by its code, or as a further mail, or, where it is not known that one has left before, as the mail. */
type Called = 'code' | 'newCode' | 'another' | 'mail';

const CALLED = {
  code: ['sending', 'sent'],
  newCode: ['newSending', 'newSent'],
  another: ['anotherSending', 'anotherSent'],
  mail: ['mailSending', 'mailSent'],
} as const satisfies Readonly<Record<Called, readonly (keyof StepWords['mail'])[]>>;

/** Says that a mail comes later than others, and why; undefined if that is not known. */
const lateness = ({ challenge: { delivery }, wording: { words } }: AskedCode): string | undefined => {
  if (delivery === 'DEFERRED') return words.mail.deferred;
  return delivery === 'DELAYED' ? words.mail.delayed : undefined;
};

/** How a mail stands that may arrive. */
const describeDelivery = (asked: AskedCode, called: Called): string => {
  const { challenge, wording } = asked;
  const { words } = wording;
  const { delivery, destination, codeLength: digits } = challenge;
  if (delivery === 'DEFERRED') return words.mail.deferred;
  const [sending, sent] = CALLED[called];
  const said = fillSentence(words.mail[delivery === 'SENDING' ? sending : sent], { destination, digits });
  return joinSentences(said, delivery === 'DELIVERED' ? words.mail.delivered : lateness(asked));
};

/** How the mail with the code stands. */
const mailNotice = (asked: AskedCode): Notice => {
  const problem = undelivered(asked);
  return problem === undefined ? plain(describeDelivery(asked, 'code')) : bad(problem);
};

/** The text for when no mail was ordered, because too many were. */
const stillWorks = (asked: AskedCode): string => {
  const { destination, resendAt } = asked.challenge;
  return joinSentences(
    fillSentence(asked.wording.words.order.lastWorks, { destination }),
    resendAt > asked.now ? orderFrom(asked) : asked.wording.words.order.now,
  );
};

/** Returns undefined if the mail may arrive and no limit has refused it. */
const trouble = (asked: AskedCode): Notice | undefined => {
  const problem = undelivered(asked);
  if (problem !== undefined) return bad(problem);
  const { limited } = asked.challenge;
  const { tooManyUnused, tooMany } = asked.wording.words.order;
  return (
    limited && plain(joinSentences(limited === 'SEND_LIMIT' ? tooManyUnused : tooMany, stillWorks(asked)))
  );
};

/** How near the lock is, if it is near. */
const lockNear = ({
  challenge: { triesUntilLock },
  wording: { language, words },
}: AskedCode): string | undefined =>
  triesUntilLock === undefined ? undefined : countSentence(language, words.code.lock, triesUntilLock);

const warned = (asked: AskedCode, { tone, text }: Notice): Notice => ({
  tone,
  text: joinSentences(text, lockNear(asked)),
});

const OVER = {
  expired: 'overExpired',
  missed: 'overMissed',
  elsewhere: 'overElsewhere',
  addressChanged: 'overAddress',
  unknown: 'overUnknown',
} as const satisfies Readonly<Record<CodeEnd, keyof StepWords['code']>>;

/** What to do now that another code is on its way. */
const whatNext = (asked: AskedCode): string => {
  if (asked.challenge.limited) return stillWorks(asked);
  return (
    undelivered(asked) ??
    joinSentences(describeDelivery(asked, 'newCode'), asked.wording.words.code.useNewest)
  );
};

/** How many tries are left: for this code and, if that is near, until the account is locked. */
const describeTries = (asked: AskedCode): string => {
  const { attemptsLeft, triesUntilLock = Infinity } = asked.challenge;
  const { language, words } = asked.wording;
  const left = countSentence(language, words.code.tries, attemptsLeft);
  return joinSentences(triesUntilLock <= attemptsLeft ? undefined : left, lockNear(asked));
};

const wrongCode = (asked: AskedCode): Notice => {
  const { code } = asked.wording.words;
  const problem = undelivered(asked);
  if (problem !== undefined) return warned(asked, bad(joinSentences(code.wrong, problem)));
  const tries = describeTries(asked);
  const late = lateness(asked);
  return bad(joinSentences(code.wrong, late === undefined ? code.typeNewest : undefined, tries, late));
};

/** What to do when the code works no longer, and no mail is ordered yet. That its mail has failed comes first. */
const afterEnd = (asked: AskedCode, end: string): Notice =>
  bad(joinSentences(end, undelivered(asked) ?? howToOrder(asked), asked.wording.words.code.nextIsNew));

const mailOrdered = (
  asked: AskedCode,
  { newCode, another }: Extract<CodeNews, { kind: 'mailOrdered' }>,
): Notice => {
  const called = newCode ? 'newCode' : another ? 'another' : 'mail';
  const { earlierDead } = asked.wording.words.code;
  const tell = lateness(asked) === undefined ? good : plain;
  return (
    trouble(asked) ?? tell(joinSentences(describeDelivery(asked, called), newCode ? earlierDead : undefined))
  );
};

/** What the person is told. */
export const describeNews = (news: CodeNews, asked: AskedCode): Notice => {
  const { challenge, now, wording } = asked;
  const { code, order, step } = wording.words;
  switch (news.kind) {
    case 'codeAsked':
      return warned(asked, trouble(asked) ?? mailNotice(asked));
    case 'stepResumed': {
      const { tone, text } = mailNotice(asked);
      return tone === 'bad' ? bad(text) : plain(joinSentences(step.resumed, text));
    }
    case 'wrongCode':
      return wrongCode(asked);
    case 'notACode':
      return bad(
        joinSentences(fillSentence(code.unreadable, { digits: challenge.codeLength }), undelivered(asked)),
      );
    case 'codeReplaced':
      return warned(asked, bad(joinSentences(code[OVER[news.why]], whatNext(asked))));
    case 'mailOrdered':
      return mailOrdered(asked, news);
    case 'mailNotOrdered':
      return trouble(asked) ?? plain(joinSentences(order.tooSoon, describeDelivery(asked, 'mail')));
    case 'limitReached':
      return trouble(asked) ?? mailNotice(asked);
    case 'mailStatus':
      return mailNotice(asked);
    case 'codeOver':
      return afterEnd(asked, code[OVER[news.why]]);
    case 'codeExpired':
      return afterEnd(asked, code.expired);
    case 'noAnswer':
    case 'busy':
      return bad(describeProblem({ code: news.kind, next: 'repeat' }, now, wording));
  }
};
