/** SESv2 SendEmail: takes and refuses what SES takes and refuses, for mails with simple content. */
import { randomBytes } from 'node:crypto';
import { AwsError, type JsonObject } from '../service.ts';
import type { Resource } from '../template.ts';
import type { Inbox } from './inbox.ts';

export interface Ses {
  /** POST /v2/email/outbound-emails. `sessionToken`: the caller's; each process of a function has its own. */
  sendEmail(input: JsonObject, sessionToken?: string): Promise<JsonObject> | JsonObject;
}

/** Without faults, SES answers at once. */
export interface LocalSes extends Ses {
  sendEmail(input: JsonObject): JsonObject;
}

const MAX_RECIPIENTS = 50;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

const object = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? (value as JsonObject) : {};

const refuse = (message: string, code = 'BadRequestException', status = 400) =>
  new AwsError(code, message, status);

const bareAddress = (address: string): string => /<([^<>]*)>$/.exec(address)?.[1] ?? address;

const readRecipients = (destination: JsonObject): readonly string[] => {
  const lists = [destination.ToAddresses, destination.CcAddresses, destination.BccAddresses];
  const recipients = lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  if (recipients.length === 0) throw refuse('Missing required header: To.');
  if (recipients.length > MAX_RECIPIENTS) throw refuse('Recipient count exceeds 50.');
  if (!recipients.every((recipient) => ADDRESS.test(bareAddress(recipient)))) {
    throw refuse('Illegal address');
  }
  return recipients;
};

const readContent = (content: JsonObject) => {
  const simple = object(content.Simple);
  const body = object(simple.Body);
  const data = (part: unknown) => object(part).Data;
  const [subject, text, html] = [data(simple.Subject), data(body.Text), data(body.Html)];
  if (typeof subject !== 'string' || (typeof text !== 'string' && typeof html !== 'string')) {
    throw refuse('Only simple content with a subject and a text or HTML body is supported here');
  }
  return { subject, text: String(text ?? ''), html: String(html ?? '') };
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

export const createSes = (
  identities: readonly Resource[],
  configurationSets: readonly Resource[],
  inbox: Inbox,
): LocalSes => {
  const verified = identities.map(({ properties }) => String(properties.EmailIdentity).toLowerCase());
  const isVerified = (address: string) => {
    const lower = bareAddress(address).toLowerCase();
    return verified.includes(lower) || verified.includes(lower.slice(lower.lastIndexOf('@') + 1));
  };
  return {
    sendEmail: (input) => {
      const from = String(input.FromEmailAddress ?? '');
      const to = readRecipients(object(input.Destination));
      const content = readContent(object(input.Content));
      const tags = readTags(input.EmailTags);
      const configurationSet = input.ConfigurationSetName;
      if (
        configurationSet !== undefined &&
        !configurationSets.some(({ names }) => names.ref === configurationSet)
      ) {
        throw refuse(`Configuration set <${configurationSet}> does not exist.`, 'NotFoundException', 404);
      }
      if (!isVerified(from)) {
        throw refuse(
          `Email address is not verified. The following identities failed the check: ${from}`,
          'MessageRejected',
        );
      }
      const messageId = `0100${randomBytes(6).toString('hex')}-${crypto.randomUUID()}-000000`;
      inbox.accept({ messageId, from, to, ...content, tags });
      return { MessageId: messageId };
    },
  };
};
