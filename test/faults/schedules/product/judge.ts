/** What holds in every scenario, whatever goes wrong and in whichever order. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../../../shared/table/item.ts';
import { SORT_KEY } from '../../../../shared/table/keys.ts';
import { codeOf } from '../../../support/system/local-system.ts';
import { USER_ID } from '../../../support/table/challenges.ts';
import {
  type FinalState,
  kindOf,
  type StoredChallenge,
  userItemOf,
} from '../../support/judge/final-state.ts';
import { brokenInvariants } from '../../support/judge/invariants.ts';
import type { Judge, View } from '../engine/explore.ts';
import type { Result } from '../engine/system.ts';
import type { World } from '../engine/world.ts';
import { hashOf, LIMITS } from './operations.ts';

const PREFIX = 'CHALLENGE#';

interface Final extends FinalState {
  readonly mails: readonly (FinalState['mails'][number] & { readonly answered: boolean })[];
}

type Plain = Readonly<Record<string, unknown>>;

/** Most states share their items, and no item ever changes. */
const plainItems = new WeakMap<Item, Plain>();

const plainOf = (item: Item): Plain => {
  const plain = plainItems.get(item) ?? unmarshall(item);
  plainItems.set(item, plain);
  return plain;
};

/** The user's items as the fault suite judges them, and whether SES's answer for a mail was lost. */
export const finalStateOf = ({ items, mails }: World): Final => {
  const all = [...items.values()].map(plainOf);
  const nameOf = (item: Plain) => String(item[SORT_KEY]);
  const challenges = all
    .filter((item) => nameOf(item).startsWith(PREFIX))
    .map((item) => ({ ...item, userId: USER_ID, challengeId: nameOf(item).slice(PREFIX.length) }));
  return {
    userId: USER_ID,
    challenges: challenges as unknown as readonly StoredChallenge[],
    userRecord: all.find((item) => nameOf(item) === 'GUARD') ?? {},
    mails: mails.map(({ to, ...mail }) => ({
      from: '',
      subject: '',
      html: '',
      headers: {},
      receivedAt: '',
      messageId: '',
      to: [to],
      ...mail,
    })),
  };
};

/** What an operation may come to; each has some of these. */
export interface Outcome {
  readonly answered?: 'right' | 'wrong';
  readonly result?: string;
  /** The challenge that was answered, or the one that create handed out. */
  readonly challengeId?: string;
  readonly handed?: string;
  readonly clientId?: string;
  readonly deliveryStatus?: string;
  readonly round?: string;
  readonly refused?: string;
  readonly delivery?: number;
  readonly tokens?: { readonly kind: string; readonly challengeId?: string };
  readonly status?: string;
  /** What a report "this was not me" did. */
  readonly notMe?: string;
}

export const outcomesOf = (results: readonly Result[]): readonly Outcome[] =>
  results.map(({ outcome }) => (outcome ?? {}) as Outcome);

/** The orders that count against the user's limits, as `<challenge>#<delivery>`. */
export const orderedMails = (world: World): readonly string[] =>
  Object.entries(userItemOf(finalStateOf(world)).orders ?? {}).flatMap(([id, of]) =>
    Object.keys(of).map((delivery) => `${id}#${delivery}`),
  );

export const say = (rules: readonly (readonly [holds: boolean, text: string])[]): readonly string[] =>
  rules.filter(([holds]) => !holds).map(([, text]) => text);

const ofChallenge = (challenge: StoredChallenge, { mails }: Final, outcomes: readonly Outcome[]) => {
  const { challengeId, events, attempts } = challenge;
  const verified = outcomes.filter((it) => it.challengeId === challengeId && it.result === 'verified');
  const counted = Object.keys(events).filter((name) => kindOf(name) === 'attempt').length;
  const deliveries = Map.groupBy(
    mails.filter(({ tags }) => tags.challenge === challengeId),
    ({ tags }) => tags.delivery,
  );
  const answered = [...deliveries.values()].map((of) => of.filter((mail) => mail.answered));
  return say([
    [
      attempts <= LIMITS.maxAttempts && counted <= LIMITS.maxAttempts,
      `challenge ${challengeId} was guessed at too often`,
    ],
    [
      new Set(verified.map(({ round }) => round)).size <= 1,
      `challenge ${challengeId} was verified by two rounds`,
    ],
    [
      verified.every(({ answered }) => answered === 'right'),
      `challenge ${challengeId} was verified by a wrong code`,
    ],
    [
      answered.every(({ length }) => length <= 1),
      `SES took two mails of one delivery, and said so both times`,
    ],
  ]);
};

const ofTokens = ({ challenges }: FinalState, outcomes: readonly Outcome[]): readonly string[] => {
  const issued = outcomes.flatMap(({ tokens }) => (tokens?.kind === 'issued' ? [tokens.challengeId] : []));
  const given = challenges.filter(({ events }) => events.TOKENS_ISSUED !== undefined);
  return say([
    [new Set(issued).size === issued.length, 'tokens were given twice for one challenge'],
    [given.every(({ outcome }) => outcome === 'VERIFIED'), 'tokens were given without a verified challenge'],
    [
      // A report after the tokens also blocks a call that Cognito repeats.
      given.every(({ events }) => events.REFUSED === undefined || events.REPORTED !== undefined),
      'tokens were given although the user was locked',
    ],
  ]);
};

/** A mail goes where its challenge belongs, and counts until the right code is given. */
const ofMails = ({ challenges, mails }: Final, counted: readonly string[]): readonly string[] =>
  mails.flatMap(({ to, tags }) => {
    const challenge = challenges.find(({ challengeId }) => challengeId === tags.challenge);
    const isCounted = counted.includes(`${tags.challenge}#${tags.delivery}`);
    return say([
      [
        challenge?.addressHash === hashOf(to.join()),
        'a code was mailed to another address than its challenge was made for',
      ],
      [isCounted || challenge?.outcome === 'VERIFIED', 'a mail that SES took does not count'],
    ]);
  });

/** Tokens go to the app that has verified the challenge. */
const ofClients = ({ challenges }: Final, outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(({ tokens, clientId }) => {
    const isGiven = tokens?.kind === 'issued' || tokens?.kind === 'repeated';
    const challenge = challenges.find(({ challengeId }) => challengeId === tokens?.challengeId);
    return say([
      [
        !isGiven || challenge?.events.VERIFIED?.client === clientId,
        'tokens went to an app that has verified nothing',
      ],
    ]);
  });

/** The invariants at every moment. */
export const always: Judge = ({ world, results }: View): readonly string[] => {
  const final = finalStateOf(world);
  const outcomes = outcomesOf(results);
  const codes = Map.groupBy(final.mails, ({ tags }) => tags.challenge);
  return [
    ...brokenInvariants(final),
    ...final.challenges.flatMap((challenge) => ofChallenge(challenge, final, outcomes)),
    ...ofMails(final, orderedMails(world)),
    ...ofTokens(final, outcomes),
    ...ofClients(final, outcomes),
    ...say([
      [
        [...codes.values()].every((mails) => new Set(mails.map(codeOf)).size === 1),
        'a challenge has two codes',
      ],
    ]),
  ];
};
