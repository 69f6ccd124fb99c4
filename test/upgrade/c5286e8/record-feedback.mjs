// services/record-feedback/handler.ts
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

// shared/boundary.ts
import { Logger } from "@aws-lambda-powertools/logger";
var ReportedError = class extends Error {
  name;
  constructor(name, message, options) {
    super(message, options);
    this.name = name;
  }
};
var UNEXPECTED = "Something went wrong on our side. Please try again.";
var callsOf = ({ stack = "", message }) => {
  const at = stack.indexOf(message);
  if (at < 0) return void 0;
  return stack.slice(at + message.length).split("\n").filter((line2) => line2.trimStart().startsWith("at "));
};
var MAX_CAUSES = 3;
var describe = (error, causes = MAX_CAUSES) => {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const { $metadata } = error;
  return {
    errorName: error.name,
    ...error instanceof ReportedError && { reason: error.message },
    ...$metadata?.requestId !== void 0 && { awsRequestId: $metadata.requestId },
    stack: callsOf(error),
    ...error.cause !== void 0 && causes > 0 && { cause: describe(error.cause, causes - 1) }
  };
};
var nameOf = (error) => {
  if (!(error instanceof Error)) return "Error";
  const isPlain = error.name === "Error" || error.name === "AggregateError";
  return isPlain && typeof error.code === "string" ? "NetworkError" : error.name;
};
var withBoundary = (functionName, run) => {
  const logger = new Logger({ serviceName: functionName });
  return async (event, context) => {
    logger.resetKeys();
    logger.addContext(context);
    try {
      const { result, report } = await run(event, context);
      logger.info("finished", report);
      return result;
    } catch (error) {
      logger.error("failed", describe(error));
      if (error instanceof ReportedError) throw new ReportedError(error.name, error.message);
      throw new ReportedError(nameOf(error), UNEXPECTED);
    }
  };
};

// shared/config.ts
var text = (value) => value;
var ConfigurationError = class extends Error {
  name = "ConfigurationError";
};
var isProblem = (value) => typeof value === "object" && value !== null;
var readConfig = (schema, env) => {
  const problems = [];
  const entries = Object.entries(schema).map(([name, read]) => {
    const raw = env[name];
    const value = raw === void 0 || raw === "" ? { problem: "is not set" } : read(raw);
    if (isProblem(value)) problems.push(`${name} ${value.problem}`);
    return [name, value];
  });
  if (problems.length > 0) throw new ConfigurationError(`Wrong environment: ${problems.join("; ")}`);
  return Object.fromEntries(entries);
};

// shared/metrics.ts
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
var METRICS = {
  /** A challenge was created, a mail of it asked for once more, or it was handed out again without another mail. */
  ChallengeRequested: MetricUnit.Count,
  ResendRequested: MetricUnit.Count,
  ChallengeReused: MetricUnit.Count,
  /** SES took a mail and said so. Where its answer was lost there is a `SendTryFailed` for `EmailUnanswered` instead. */
  CodeSent: MetricUnit.Count,
  TimeToSent: MetricUnit.Milliseconds,
  /** One try to send a mail failed, or came too late to be made; by `reason`. The workflow may try again. */
  SendTryFailed: MetricUnit.Count,
  /** What SES reported of a mail, once for each kind of report. */
  MailDelivered: MetricUnit.Count,
  TimeToDelivered: MetricUnit.Milliseconds,
  MailDelayed: MetricUnit.Count,
  MailBounced: MetricUnit.Count,
  MailSuppressed: MetricUnit.Count,
  /** Of the suppressed ones, those on the account's own list: their owners get no code until they are taken off it. */
  OnAccountSuppressionList: MetricUnit.Count,
  MailComplained: MetricUnit.Count,
  MailRejected: MetricUnit.Count,
  /** A report that is ours by its tags, about a challenge that is not there. */
  FeedbackUnmatched: MetricUnit.Count,
  /** An answer was wrong, and what answers came to. */
  AnswerWrong: MetricUnit.Count,
  ChallengeVerified: MetricUnit.Count,
  TimeToVerified: MetricUnit.Milliseconds,
  ChallengeExhausted: MetricUnit.Count,
  /** Wrong answers locked the user, once for each challenge; and what limits refused: a sign-in, a right code, a mail. */
  UserLocked: MetricUnit.Count,
  RefusedLocked: MetricUnit.Count,
  RefusedSendLimit: MetricUnit.Count,
  /** The last gate: tokens were given for a verified challenge, or refused. */
  TokensIssued: MetricUnit.Count,
  TokensRefused: MetricUnit.Count,
  /** Closed by the sweep: mailed and not answered, or never mailed. */
  ChallengeExpired: MetricUnit.Count,
  ChallengeOrphaned: MetricUnit.Count
};
var createMeasure = (service, namespace) => {
  const metrics = new Metrics({ namespace, serviceName: service });
  return (values, reason) => {
    for (const [name, value] of Object.entries(values)) {
      metrics.addMetric(name, METRICS[name], value);
    }
    if (reason !== void 0) metrics.addDimension("reason", reason);
    metrics.publishStoredMetrics();
  };
};

// shared/sdk-client.ts
var BACKGROUND_CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1e3, requestTimeout: 1500, throwOnRequestTimeout: true }
};

// services/record-feedback/config.ts
var envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  /** Only mails sent with this configuration set are ours. */
  CONFIGURATION_SET: text
};

// services/record-feedback/feedback-store.ts
import {
  ConditionalCheckFailedException as ConditionalCheckFailedException2,
  GetItemCommand as GetItemCommand2,
  UpdateItemCommand as UpdateItemCommand2
} from "@aws-sdk/client-dynamodb";
import { marshall as marshall3 } from "@aws-sdk/util-dynamodb";

// shared/challenge.ts
import { v7 as uuidv7 } from "uuid";
var UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
var isChallengeId = (value) => typeof value === "string" && UUID_V7.test(value);
var createdAt = (id) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
var factName = (delivery, fact) => `${delivery}#${fact}`;
var requestName = (delivery) => factName(delivery, delivery === 1 ? "REQUESTED" : "RESEND_REQUESTED");
var orderedAt = ({ challengeId, events }, delivery) => {
  const fact = events[requestName(delivery)];
  return fact === void 0 ? createdAt(challengeId) : Date.parse(fact.at);
};

// shared/challenge-store.ts
import {
  GetItemCommand,
  UpdateItemCommand
} from "@aws-sdk/client-dynamodb";
import { marshall as marshall2, unmarshall } from "@aws-sdk/util-dynamodb";

// shared/table.ts
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
var PARTITION_KEY = "pk";
var SORT_KEY = "sk";
var OPEN_SHARDS = [..."0123456789abcdef"];
var USER_PREFIX = "USER#";
var CHALLENGE_PREFIX = "CHALLENGE#";
var challengeKey = (userId, challengeId) => marshall({ [PARTITION_KEY]: `${USER_PREFIX}${userId}`, [SORT_KEY]: `${CHALLENGE_PREFIX}${challengeId}` });

// shared/challenge-store.ts
var toChallenge = (ref, item) => {
  const { recipient, recipientHash, expiresAt, attempts, outcome, events } = unmarshall(item);
  const { userId, challengeId } = ref;
  return {
    userId,
    challengeId,
    recipient,
    ...recipientHash && { recipientHash },
    expiresAt,
    attempts,
    events,
    ...outcome && { outcome }
  };
};

// services/record-feedback/feedback-store.ts
var IS_EARLIEST = "attribute_not_exists(events.#report) OR events.#report.#at > :at OR (events.#report.#at = :at AND events.#report.messageId > :messageId)";
var createRecordReport = (client, tableName) => {
  const write = async (feedback) => {
    const { userId, challengeId, delivery, report, fact } = feedback;
    const command = new UpdateItemCommand2({
      TableName: tableName,
      Key: challengeKey(userId, challengeId),
      // Whatever SES reports of it, it took the mail: that is known even if the workflow could not write it down.
      UpdateExpression: "SET events.#report = :fact, mailed = :mailed",
      ConditionExpression: `attribute_exists(events.#requested) AND (${IS_EARLIEST})`,
      ExpressionAttributeNames: {
        "#report": factName(delivery, report),
        "#requested": requestName(delivery),
        "#at": "at"
      },
      ExpressionAttributeValues: marshall3({
        ":fact": fact,
        ":mailed": true,
        ":at": fact.at,
        ":messageId": fact.messageId
      }),
      ReturnValues: "ALL_OLD"
    });
    try {
      const { Attributes = {} } = await client.send(command);
      return { kind: "written", before: toChallenge(feedback, Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException2)) throw error;
      return { kind: "refused", tries: error.$metadata.attempts ?? 1 };
    }
  };
  return async (feedback) => {
    const { userId, challengeId, delivery, report, fact } = feedback;
    const name = factName(delivery, report);
    const written = await write(feedback);
    if (written.kind === "written") {
      const { before } = written;
      return before.events[name] === void 0 ? { kind: "first", challenge: before } : { kind: "known" };
    }
    const Key = challengeKey(userId, challengeId);
    const { Item } = await client.send(
      new GetItemCommand2({ TableName: tableName, Key, ConsistentRead: true })
    );
    const challenge = Item && toChallenge(feedback, Item);
    if (challenge?.events[requestName(delivery)] === void 0) return { kind: "unmatched" };
    const isOwn = written.tries > 1 && isSame(challenge.events[name], fact);
    return isOwn ? { kind: "first", challenge } : { kind: "known" };
  };
};
var isSame = (stored, { at, messageId }) => stored?.at === at && stored.messageId === messageId;

// shared/redact.ts
var QUOTED = /"[^"]{0,64}"@\S+/g;
var TOKEN = /^([<>()[\]{},;:"']*)(.*?)([<>()[\]{},;:."']*)$/s;
var AT = /@|＠|%40/i;
var MASK = /^\S?\*\*\*@\S?\*\*\*(\.[^\s@]+)?$/;
var withoutAddresses = (text2) => text2.replace(QUOTED, "***").replace(/\S+/g, (word2) => {
  if (!AT.test(word2)) return word2;
  const [, before = "", address = "", after = ""] = TOKEN.exec(word2) ?? [];
  return MASK.test(address) ? word2 : `${before}***${after}`;
});

// services/record-feedback/read-feedback.ts
var ACCOUNT_SUPPRESSION = "OnAccountSuppressionList";
var SUPPRESSIONS = [
  ACCOUNT_SUPPRESSION,
  "OnTenantSuppressionList",
  "Suppressed",
  "EmailValidationSuppressed"
];
var COMPONENT = "record-feedback";
var fields = (value) => typeof value === "object" && value !== null ? value : {};
var refuse = (field) => new ReportedError("InvalidFeedback", `${field} is missing or malformed`);
var tag = (tags, name) => {
  const value = tags[name];
  return Array.isArray(value) ? value[0] : void 0;
};
var readReference = (tags) => {
  const userId = tag(tags, "user");
  const challengeId = tag(tags, "challenge");
  const delivery = tag(tags, "delivery");
  if (typeof userId !== "string" || !/^[\w-]{1,256}$/.test(userId)) throw refuse("The tag user");
  if (!isChallengeId(challengeId)) throw refuse("The tag challenge");
  if (typeof delivery !== "string" || !/^[1-9]\d?$/.test(delivery)) throw refuse("The tag delivery");
  return { userId, challengeId, delivery: Number(delivery) };
};
var readTime = (value, field) => {
  const time = typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw refuse(field);
  return new Date(time).toISOString();
};
var word = (value) => typeof value === "string" && /^[A-Za-z][\w-]{0,63}$/.test(value) ? value : "Unknown";
var MAX_TEXT = 200;
var line = (value) => {
  const printable = String(value ?? "").slice(0, 2 * MAX_TEXT).replace(/[^\x20-\x7e]+/g, " ");
  return withoutAddresses(printable).trim().slice(0, MAX_TEXT);
};
var bounce = ({ bounceType, bounceSubType }) => {
  const details = { type: word(bounceType), subtype: word(bounceSubType) };
  return { report: SUPPRESSIONS.includes(details.subtype) ? "SUPPRESSED" : "BOUNCED", details };
};
var delivered = ({ smtpResponse, processingTimeMillis }) => {
  const processingMs = Number.isFinite(processingTimeMillis) ? Math.max(0, Number(processingTimeMillis)) : 0;
  return { report: "DELIVERED", details: { smtpReply: line(smtpResponse), processingMs } };
};
var READINGS = {
  Send: () => ({ report: "ACCEPTED" }),
  Delivery: delivered,
  Bounce: bounce,
  Complaint: () => ({ report: "COMPLAINED" }),
  DeliveryDelay: ({ delayType }) => ({ report: "DELAYED", details: { type: word(delayType) } }),
  Reject: ({ reason }) => ({ report: "REJECTED", details: { reason: line(reason) } })
};
var EVENT_TYPES = Object.keys(READINGS);
var readFeedback = (event, configurationSet) => {
  const { eventType, messageId, tags, at, detail } = fields(event);
  const ownTags = fields(tags);
  if (tag(ownTags, "ses:configuration-set") !== configurationSet) return void 0;
  if (ownTags.challenge === void 0) return void 0;
  const read = typeof eventType === "string" && Object.hasOwn(READINGS, eventType) ? READINGS[eventType] : void 0;
  if (read === void 0) throw refuse("eventType");
  if (typeof messageId !== "string" || !/^[\w.-]{1,128}$/.test(messageId)) throw refuse("messageId");
  const reference = readReference(ownTags);
  const { report, details = {} } = read(fields(detail));
  return { ...reference, report, fact: { at: readTime(at, "at"), by: COMPONENT, messageId, ...details } };
};

// services/record-feedback/record-feedback.ts
var COUNTS = {
  DELIVERED: "MailDelivered",
  DELAYED: "MailDelayed",
  BOUNCED: "MailBounced",
  SUPPRESSED: "MailSuppressed",
  COMPLAINED: "MailComplained",
  REJECTED: "MailRejected"
};
var recordFeedback = async ({ recordReport, measure, configurationSet }, event) => {
  const feedback = readFeedback(event, configurationSet);
  if (feedback === void 0) return { kind: "foreign" };
  const recorded = await recordReport(feedback);
  const { report, fact, delivery } = feedback;
  if (recorded.kind === "unmatched") measure({ FeedbackUnmatched: 1 });
  if (recorded.kind === "first" && report !== "ACCEPTED") {
    const took = Math.max(0, Date.parse(fact.at) - orderedAt(recorded.challenge, delivery));
    measure({
      [COUNTS[report]]: 1,
      ...report === "DELIVERED" && { TimeToDelivered: took },
      ...fact.subtype === ACCOUNT_SUPPRESSION && { OnAccountSuppressionList: 1 }
    });
  }
  return { kind: recorded.kind, feedback };
};

// services/record-feedback/handler.ts
var config = readConfig(envSchema, process.env);
var dependencies = {
  recordReport: createRecordReport(new DynamoDBClient(BACKGROUND_CLIENT), config.TABLE_NAME),
  measure: createMeasure(COMPONENT, config.METRICS_NAMESPACE),
  configurationSet: config.CONFIGURATION_SET
};
var handler = withBoundary(COMPONENT, async (event) => {
  const outcome = await recordFeedback(dependencies, event);
  const { kind } = outcome;
  if (kind === "foreign") return { result: void 0, report: { outcome: kind } };
  const { challengeId, delivery, report, fact } = outcome.feedback;
  const messageId = String(fact.messageId);
  return { result: void 0, report: { outcome: kind, fact: report, challengeId, delivery, messageId } };
});
export {
  handler
};
