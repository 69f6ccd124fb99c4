/**
 * The tags of a mail. deliver-code gives them to SES, and SES repeats them in its events. There they show record-feedback
 * which mail of which challenge an event is about: a delivery of its code, or a notice.
 */
import { type DeliveryRef, isChallengeId } from '../domain/challenge.ts';
import { isNoticeKind, type NoticeRef } from '../domain/notices/notice-facts.ts';
import { ReportedError } from '../lambda/reported-error.ts';

/** A tag as SES accepts it: letters, digits, hyphens and underscores. */
export interface MailTag {
  readonly Name: string;
  readonly Value: string;
}

/** A tag that SES itself adds. */
export const CONFIGURATION_SET_TAG = 'ses:configuration-set';

type TagName = 'user' | 'challenge' | 'delivery' | 'notice';

/** Identifies a mail. A notice has a tag of its own, and no number of a delivery. */
export type MailRef = DeliveryRef | NoticeRef;

export const writeMailTags = (mail: MailRef): MailTag[] =>
  Object.entries({
    user: mail.userId,
    challenge: mail.challengeId,
    ...('notice' in mail ? { notice: mail.notice } : { delivery: String(mail.delivery) }),
  } satisfies Partial<Record<TagName, string>>).map(([Name, Value]) => ({ Name, Value }));

/** SES gives each tag as a list of values. */
const tagOf = (tags: object, name: TagName | typeof CONFIGURATION_SET_TAG): unknown => {
  const values = (tags as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(values) ? values[0] : undefined;
};

const refuse = (name: TagName) =>
  new ReportedError('InvalidFeedback', `The tag ${name} is missing or malformed`);

/**
 * Returns undefined if the mail is not from this service: it has another configuration set, or no challenge's tag. Throws
 * `InvalidFeedback`, which names the tag but not its value.
 */
export const readMailTags = (tags: unknown, configurationSet: string): MailRef | undefined => {
  if (typeof tags !== 'object' || tags === null) return undefined;
  if (tagOf(tags, CONFIGURATION_SET_TAG) !== configurationSet) return undefined;
  if (!(('challenge' satisfies TagName) in tags)) return undefined;

  const userId = tagOf(tags, 'user');
  const challengeId = tagOf(tags, 'challenge');
  if (typeof userId !== 'string' || !/^[\w-]{1,256}$/.test(userId)) throw refuse('user');
  if (!isChallengeId(challengeId)) throw refuse('challenge');
  const notice = tagOf(tags, 'notice');
  if (notice !== undefined) {
    if (!isNoticeKind(notice)) throw refuse('notice');
    return { userId, challengeId, notice };
  }
  const delivery = tagOf(tags, 'delivery');
  // A challenge expires long before 99 mails can be ordered.
  if (typeof delivery !== 'string' || !/^[1-9]\d?$/.test(delivery)) throw refuse('delivery');
  return { userId, challengeId, delivery: Number(delivery) };
};
