/** The stored attributes of a challenge and of a user record, besides the key, and the functions that read them. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Challenge, type ChallengeId, type ChallengeRef, factName } from '../domain/challenge.ts';
import type { LastNotices, Noticed } from '../domain/notices/due-notice.ts';
import type { NoticeKind } from '../domain/notices/notice.ts';
import type { OrderedMails } from '../domain/orders.ts';
import type { UserRecord } from '../domain/policy.ts';
import { readChallengeKey } from './table.ts';

/** An item in DynamoDB's format. */
export type Item = Record<string, AttributeValue>;

export interface ChallengeItem extends Omit<Challenge, keyof ChallengeRef | 'unclear'> {
  /** The partition key of the index of open challenges. The write that sets the outcome removes it. */
  readonly openShard?: string;
  /** Epoch seconds after which DynamoDB may delete the item. */
  readonly ttl: number;
  /** The round with the right answer, so that Cognito's retry of this round is accepted too. */
  readonly verifiedRound?: string;
  /** Set as soon as it is known that SES took a mail of the challenge. */
  readonly mailed?: true;
  /** The lease of a delivery: the invocation that has it, and its end in epoch milliseconds. */
  readonly [lease: `lease#${number}`]: Lease;
  /** The tries of a delivery that SES has not refused: it took the mail, or its answer is not known. */
  readonly [unclear: `unclear#${number}`]: ReadonlySet<string>;
  /** Who sends a notice. It has no end, so a notice may be lost but never comes twice. */
  readonly 'noticeSender#locked'?: string;
  readonly 'noticeSender#wrongCodes'?: string;
  /** The hash of the token in a delivery's link "this was not me". */
  readonly [report: `report#${number}`]: string;
}

interface Lease {
  readonly owner: string;
  readonly until: number;
}

const UNCLEAR = 'unclear#';
export const leaseName = (delivery: number) => `lease#${delivery}` as const satisfies Attribute;
export const reportName = (delivery: number) => `report#${delivery}` as const satisfies Attribute;
export const unclearName = (delivery: number) => `${UNCLEAR}${delivery}` as const satisfies Attribute;

export const noticeSenderName = (notice: NoticeKind) => `noticeSender#${notice}` as const satisfies Attribute;
export const noticedName = (notice: NoticeKind) => `noticedAt#${notice}` as const satisfies Attribute;

/** The deliveries whose mail SES may have taken although nothing says so. */
export const unclearDeliveries = (item: Pick<ChallengeItem, 'events'>): readonly number[] =>
  Object.keys(item)
    .filter((name) => name.startsWith(UNCLEAR))
    .map((name) => Number(name.slice(UNCLEAR.length)))
    .filter((delivery) => item.events[factName(delivery, 'SENT')] === undefined);

/** The user record as it is stored. */
export interface UserItem extends Partial<OrderedMails> {
  readonly version: number;
  /** A map with the challenge id as its only key, so that one write can withdraw this challenge and no other. */
  readonly latest?: Readonly<Record<string, Omit<NonNullable<UserRecord['latest']>, 'challengeId'>>>;
  /** The rounds that failed since the last right code. It is a set, so that Cognito's retry of a round adds nothing. */
  readonly failedRounds?: ReadonlySet<string>;
  readonly lastFailureAt?: number;
  readonly blockedUntil?: number;
  /** The last notice of each kind. Nothing removes it, so a day has to pass whatever ends the lock. */
  readonly 'noticedAt#locked'?: Noticed;
  readonly 'noticedAt#wrongCodes'?: Noticed;
  /** When the last three reports that blocked the user came, in epoch milliseconds, the oldest as `block#1`. */
  readonly [block: `block#${number}`]: number;
}

/** The attributes that expressions and policies may name. */
export type Attribute = keyof ChallengeItem | keyof UserItem;

export const readChallengeItem = (item: Item): ChallengeItem => unmarshall(item) as ChallengeItem;

/** The challenge in an item, without the attributes that only conditions of writes use. */
export const toChallenge = ({ userId, challengeId }: ChallengeRef, item: Item): Challenge => {
  const stored = readChallengeItem(item);
  const { recipient, addressHash, expiresAt, attempts, outcome, events } = stored;
  const unclear = unclearDeliveries(stored);
  return {
    userId,
    challengeId,
    recipient,
    ...(addressHash && { addressHash }),
    expiresAt,
    attempts,
    ...(unclear.length > 0 && { unclear }),
    events,
    ...(outcome && { outcome }),
  };
};

/** The challenges among items of the table. */
export const challengesOf = (items: readonly Item[] = []): readonly Challenge[] =>
  items.flatMap((item) => {
    const ref = readChallengeKey(item);
    return ref ? [toChallenge(ref, item)] : [];
  });

export const toUserRecord = (item: Item): UserRecord => {
  const { latest = {}, failedRounds, sends = [], ...stored } = unmarshall(item) as UserItem;
  const { version, lastFailureAt, blockedUntil, orders, inWindow, inDay } = stored;
  const [newest] = Object.entries(latest);
  const { [noticedName('locked')]: locked, [noticedName('wrongCodes')]: wrongCodes } = stored;
  const notices: LastNotices = { ...(locked && { locked }), ...(wrongCodes && { wrongCodes }) };
  return {
    version,
    sends,
    consecutiveFailures: failedRounds?.size ?? 0,
    ...(lastFailureAt !== undefined && { lastFailureAt }),
    ...(blockedUntil !== undefined && { blockedUntil }),
    ...(orders && { orders }),
    ...(inWindow && { inWindow }),
    ...(inDay && { inDay }),
    ...((locked ?? wrongCodes) && { notices }),
    ...(newest && { latest: { challengeId: newest[0] as ChallengeId, ...newest[1] } }),
  };
};
