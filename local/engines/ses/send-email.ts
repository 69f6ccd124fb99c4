/** SESv2 SendEmail: accepts and refuses the same mails as SES, for mails with simple content. */
import { randomBytes } from 'node:crypto';
import { AwsError, type JsonObject } from '../../ground/service.ts';
import type { Resource, Template } from '../../ground/template.ts';
import { bareAddress, domainOf, isAddress } from './address.ts';
import type { ConfigurationSet } from './feedback/configuration-set.ts';
import type { Deliver } from './feedback/deliver.ts';

export interface Ses {
  /** POST /v2/email/outbound-emails. `sessionToken` is that of the caller; each process of a function has its own. */
  sendEmail(input: JsonObject, sessionToken?: string): Promise<JsonObject> | JsonObject;
}

/** SES without faults, which returns at once. */
export interface LocalSes extends Ses {
  sendEmail(input: JsonObject): JsonObject;
}

const MAX_RECIPIENTS = 50;
const MAX_HEADERS = 15;
/** Printable ASCII without the colon (API Reference, "MessageHeader"). */
const HEADER_NAME = /^[!-9;-~]{1,126}$/;
const HEADER_VALUE = /^[ -~]{1,870}$/;
/** Headers that SES writes from other fields of the request, or by itself. */
const RESERVED_HEADERS: readonly string[] = [
  'bcc',
  'cc',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'return-path',
  'sender',
  'subject',
  'to',
];
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

const object = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? (value as JsonObject) : {};

const refuse = (message: string, code = 'BadRequestException', status = 400) =>
  new AwsError(code, message, status);

const readRecipients = (destination: JsonObject): readonly string[] => {
  const lists = [destination.ToAddresses, destination.CcAddresses, destination.BccAddresses];
  const recipients = lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  if (recipients.length === 0) throw refuse('Missing required header: To.');
  if (recipients.length > MAX_RECIPIENTS) throw refuse('Recipient count exceeds 50.');
  if (!recipients.every(isAddress)) throw refuse('Illegal address');
  return recipients;
};

const readReplyTo = (addresses: unknown): readonly string[] => {
  const list = Array.isArray(addresses) ? addresses.map(String) : [];
  if (!list.every(isAddress)) throw refuse('Illegal address in ReplyToAddresses');
  return list;
};

const readHeaders = (headers: unknown): Readonly<Record<string, string>> => {
  const pairs = Array.isArray(headers) ? headers.map(object) : [];
  if (pairs.length > MAX_HEADERS) throw refuse('Header count exceeds 15.');
  return Object.fromEntries(
    pairs.map(({ Name, Value }) => {
      const [name, value] = [String(Name), String(Value ?? '')];
      if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) throw refuse('Invalid header name or value');
      if (RESERVED_HEADERS.includes(name.toLowerCase())) throw refuse(`Header ${name} is not allowed`);
      return [name, value];
    }),
  );
};

const readContent = (content: JsonObject) => {
  const simple = object(content.Simple);
  const body = object(simple.Body);
  const data = (part: unknown) => object(part).Data;
  const [subject, text, html] = [data(simple.Subject), data(body.Text), data(body.Html)];
  if (typeof subject !== 'string' || (typeof text !== 'string' && typeof html !== 'string')) {
    throw refuse('Only simple content with a subject and a text or HTML body is supported here');
  }
  const headers = readHeaders(simple.Headers);
  return { subject, text: String(text ?? ''), html: String(html ?? ''), headers };
};

const isTag = (value: unknown): value is string => typeof value === 'string' && TAG.test(value);

const readTags = (tags: unknown): Readonly<Record<string, string>> => {
  const pairs = Array.isArray(tags) ? tags.map(object) : [];
  return Object.fromEntries(
    pairs.map(({ Name, Value }) => {
      if (!isTag(Name) || !isTag(Value)) throw refuse('Invalid tag name or value');
      return [Name, Value];
    }),
  );
};

/**
 * An `AWS::SES::EmailIdentity` verifies one address, or every address of one domain. A stack without one uses an existing
 * identity, so its sender counts as verified.
 */
const findIdentity = (identities: readonly Resource[], from: string): string => {
  if (identities.length === 0) return bareAddress(from);
  const found = identities.find(({ properties }) => {
    const verified = String(properties.EmailIdentity).toLowerCase();
    return verified === bareAddress(from).toLowerCase() || verified === domainOf(from);
  });
  if (found !== undefined) return String(found.properties.EmailIdentity);
  throw refuse(
    `Email address is not verified. The following identities failed the check: ${from}`,
    'MessageRejected',
  );
};

const findConfigurationSet = (sets: readonly ConfigurationSet[], name: unknown): ConfigurationSet => {
  const found = sets.find((set) => set.name === name);
  if (found !== undefined) return found;
  throw refuse(`Configuration set <${name}> does not exist.`, 'NotFoundException', 404);
};

export const createSes = (
  identities: readonly Resource[],
  configurationSets: readonly ConfigurationSet[],
  deliver: Deliver,
  { region, accountId }: Pick<Template, 'region' | 'accountId'>,
): LocalSes => ({
  sendEmail: (input) => {
    const from = String(input.FromEmailAddress ?? '');
    if (!isAddress(from)) throw refuse('The sender must be an address, with its name in 7-bit ASCII');
    const replyTo = readReplyTo(input.ReplyToAddresses);
    const to = readRecipients(object(input.Destination));
    const content = readContent(object(input.Content));
    const tags = readTags(input.EmailTags);
    const named = input.ConfigurationSetName;
    const configurationSet = named === undefined ? undefined : findConfigurationSet(configurationSets, named);
    const identity = findIdentity(identities, from);
    const identityArn = `arn:aws:ses:${region}:${accountId}:identity/${identity}`;
    const messageId = `0100${randomBytes(6).toString('hex')}-${crypto.randomUUID()}-000000`;
    const addressed = { from, to, ...(replyTo.length > 0 && { replyTo }) };
    deliver({ messageId, ...addressed, ...content, tags }, identityArn, configurationSet);
    return { MessageId: messageId };
  },
});
