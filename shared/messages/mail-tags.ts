/**
 * The tags of a mail. deliver-code gives them to SES, and SES repeats them in its events. There they show record-feedback
 * which delivery of which challenge an event is about.
 */
import { type DeliveryRef, isChallengeId } from '../domain/challenge.ts';
import { ReportedError } from '../lambda/reported-error.ts';

/** A tag as SES accepts it: letters, digits, hyphens and underscores. */
export interface MailTag {
  readonly Name: string;
  readonly Value: string;
}

/** A tag that SES itself adds. */
export const CONFIGURATION_SET_TAG = 'ses:configuration-set';

type TagName = 'user' | 'challenge' | 'delivery';

export const writeMailTags = ({ userId, challengeId, delivery }: DeliveryRef): MailTag[] =>
  Object.entries({
    user: userId,
    challenge: challengeId,
    delivery: String(delivery),
  } satisfies Record<TagName, string>).map(([Name, Value]) => ({ Name, Value }));

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
export const readMailTags = (tags: unknown, configurationSet: string): DeliveryRef | undefined => {
  if (typeof tags !== 'object' || tags === null) return undefined;
  if (tagOf(tags, CONFIGURATION_SET_TAG) !== configurationSet) return undefined;
  if (!(('challenge' satisfies TagName) in tags)) return undefined;

  const userId = tagOf(tags, 'user');
  const challengeId = tagOf(tags, 'challenge');
  const delivery = tagOf(tags, 'delivery');
  if (typeof userId !== 'string' || !/^[\w-]{1,256}$/.test(userId)) throw refuse('user');
  if (!isChallengeId(challengeId)) throw refuse('challenge');
  // A challenge expires long before 99 mails can be ordered.
  if (typeof delivery !== 'string' || !/^[1-9]\d?$/.test(delivery)) throw refuse('delivery');
  return { userId, challengeId, delivery: Number(delivery) };
};
