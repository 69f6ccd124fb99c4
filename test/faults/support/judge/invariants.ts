/** What holds for every user after every round, whatever went wrong in it. */
import { factName } from '../../../../shared/domain/challenge.ts';
import { LIMITS } from '../../../../shared/domain/limits.ts';
import { CAUSE_OF, isNoticeKind } from '../../../../shared/domain/notices/notice-facts.ts';
import { codeOf } from '../../../support/system/local-system.ts';
import { type FinalState, kindOf, type StoredChallenge } from './final-state.ts';

const OUTCOMES = ['VERIFIED', 'EXHAUSTED', 'EXPIRED', 'ORPHANED', 'REPLACED', 'REVOKED'];

/** Every kind of fact. A fact with another name was written by a step that was repeated. */
const KINDS: readonly string[] = [
  ...['REQUESTED', 'RESEND_REQUESTED', 'REUSED', 'SENT', 'SEND_DEFERRED', 'SEND_FAILED'],
  ...['ACCEPTED', 'DELIVERED', 'DELAYED', 'BOUNCED', 'SUPPRESSED', 'COMPLAINED', 'REJECTED'],
  ...OUTCOMES,
  ...['TOKENS_ISSUED', 'TOKENS_REFUSED', 'LOCKED', 'REFUSED', 'REPORTED', 'attempt', 'notice'],
];

const NAME = /^(\d+#|notice-(locked|wrongCodes)#)?[A-Z_]+$|^attempt#[\w-]{16}$/;

/** The attempts that a challenge begins with: none, or all but one if its user has failed often. */
const BEGINNINGS: readonly number[] = [0, LIMITS.maxAttempts.default - 1];

const namesOf = ({ events }: StoredChallenge) => Object.keys(events);

const ofChallenge = (challenge: StoredChallenge): readonly string[] => {
  const { outcome, attempts, events, openShard } = challenge;
  const names = namesOf(challenge);
  const counted = names.filter((name) => kindOf(name) === 'attempt').length;
  const outcomes = names.filter((name) => OUTCOMES.includes(name));
  const strange = names.filter((name) => !NAME.test(name) || !KINDS.includes(kindOf(name)));
  const rules: readonly [boolean, string][] = [
    [strange.length === 0, `has facts that do not exist: ${strange.join(', ')}`],
    [outcomes.join() === (outcome ?? ''), `has the outcome ${outcome} and the facts ${outcomes.join()}`],
    [
      (openShard === undefined) === (outcome !== undefined),
      'is in the index of open challenges, or not, wrongly',
    ],
    [BEGINNINGS.includes(attempts - counted), `counts ${attempts} attempts and has the facts of ${counted}`],
    [events[factName(1, 'REQUESTED')] !== undefined, 'was never requested'],
    [attempts <= LIMITS.maxAttempts.default, `was guessed at ${attempts} times`],
    [events.TOKENS_ISSUED === undefined || outcome === 'VERIFIED', 'gave tokens without being verified'],
  ];
  return rules.filter(([holds]) => !holds).map(([, text]) => `challenge ${challenge.challengeId} ${text}`);
};

const ofMails = ({ challenges, mails }: FinalState): readonly string[] =>
  [...Map.groupBy(mails, ({ tags }) => tags.challenge ?? '')].flatMap(([id, itsMails]) => {
    const challenge = challenges.find(({ challengeId }) => challengeId === id);
    if (challenge === undefined) return [`a mail is of ${id}, which does not exist`];
    const notices = Map.groupBy(itsMails, ({ tags }) => tags.notice);
    const codeMails = notices.get(undefined) ?? [];
    notices.delete(undefined);
    const codes = new Set(codeMails.map(codeOf)).size;
    const unrequested = codeMails.filter(({ tags }) => !isRequested(challenge, Number(tags.delivery)));
    const withoutCause = [...notices.keys()].filter((kind) => !isNoticeDue(challenge, kind));
    return [
      ...(codes <= 1 ? [] : [`challenge ${id} has ${codes} codes`]),
      ...(withoutCause.length === 0 ? [] : [`challenge ${id} has a notice of what did not happen`]),
      ...([...notices.values()].every(({ length }) => length === 1)
        ? []
        : [`challenge ${id} has a notice twice`]),
      ...([...notices.values()].flat().some((mail) => codeOf(mail) !== '')
        ? [`a notice of ${id} has a code`]
        : []),
      ...(unrequested.length === 0 ? [] : [`challenge ${id} has a mail that nobody asked for`]),
    ];
  });

const isRequested = ({ events }: StoredChallenge, delivery: number): boolean =>
  events[factName(delivery, delivery === 1 ? 'REQUESTED' : 'RESEND_REQUESTED')] !== undefined;

const isNoticeDue = ({ events }: StoredChallenge, kind: unknown): boolean =>
  isNoticeKind(kind) && events[CAUSE_OF[kind]] !== undefined;

/** The broken invariants in words; empty if all hold. */
export const brokenInvariants = (final: FinalState): readonly string[] => [
  ...final.challenges.flatMap(ofChallenge),
  ...ofMails(final),
];
