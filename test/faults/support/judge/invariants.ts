/** What holds for every user after every round, whatever went wrong in it. */
import { factName } from '../../../../shared/domain/challenge.ts';
import { LIMITS } from '../../../../shared/domain/limits.ts';
import { codeOf } from '../../../support/system/local-system.ts';
import { type FinalState, kindOf, type StoredChallenge } from './final-state.ts';

const OUTCOMES = ['VERIFIED', 'EXHAUSTED', 'EXPIRED', 'ORPHANED', 'REPLACED'];

/** Every kind of fact. A fact with another name was written by a step that was repeated. */
const KINDS: readonly string[] = [
  ...['REQUESTED', 'RESEND_REQUESTED', 'REUSED', 'SENT', 'SEND_FAILED'],
  ...['ACCEPTED', 'DELIVERED', 'DELAYED', 'BOUNCED', 'SUPPRESSED', 'COMPLAINED', 'REJECTED'],
  ...OUTCOMES,
  ...['TOKENS_ISSUED', 'TOKENS_REFUSED', 'LOCKED', 'REFUSED', 'attempt'],
];

const NAME = /^(\d+#)?[A-Z_]+$|^attempt#[\w-]{16}$/;

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
    const codes = new Set(itsMails.map(codeOf)).size;
    const unrequested = itsMails.filter(({ tags }) => !isRequested(challenge, Number(tags.delivery)));
    return [
      ...(codes === 1 ? [] : [`challenge ${id} has ${codes} codes`]),
      ...(unrequested.length === 0 ? [] : [`challenge ${id} has a mail that nobody asked for`]),
    ];
  });

const isRequested = ({ events }: StoredChallenge, delivery: number): boolean =>
  events[factName(delivery, delivery === 1 ? 'REQUESTED' : 'RESEND_REQUESTED')] !== undefined;

/** The broken invariants in words; empty if all hold. */
export const brokenInvariants = (final: FinalState): readonly string[] => [
  ...final.challenges.flatMap(ofChallenge),
  ...ofMails(final),
];
