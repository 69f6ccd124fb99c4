// services/guard-tokens/handler.ts
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
  return stack.slice(at + message.length).split("\n").filter((line) => line.trimStart().startsWith("at "));
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

// shared/challenge.ts
import { v7 as uuidv7 } from "uuid";

// shared/cognito-session.ts
var record = (value) => typeof value === "object" && value !== null ? value : {};
var optionalText = (value) => typeof value === "string" && value !== "" ? value : void 0;
var readUser = (request) => {
  const attributes = record(request.userAttributes);
  const userId = optionalText(attributes.sub);
  if (userId === void 0 || request.userNotFound === true) return void 0;
  return {
    userId,
    email: optionalText(attributes.email),
    emailVerified: attributes.email_verified === "true",
    locale: optionalText(attributes.locale)
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
var TRIGGER_CLIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1e3, requestTimeout: 1e3, throwOnRequestTimeout: true }
};

// services/guard-tokens/claims-override.ts
var CLAIM = "email_otp";
var SOURCES = {
  TokenGeneration_Authentication: "signIn",
  TokenGeneration_NewPasswordChallenge: "signIn",
  TokenGeneration_RefreshTokens: "refresh"
};
var readTokenSource = (triggerSource) => typeof triggerSource === "string" && Object.hasOwn(SOURCES, triggerSource) ? SOURCES[triggerSource] ?? "other" : "other";
var refusal = (reason) => new ReportedError("TokensRefused", "Sign in again, with the code from your mail.", {
  ...reason !== void 0 && { cause: new ReportedError("TokensRefused", reason) }
});
var addClaim = (event, value) => {
  const details = event.response?.claimsOverrideDetails ?? {};
  return {
    ...event,
    response: {
      claimsOverrideDetails: {
        ...details,
        claimsToAddOrOverride: { ...details.claimsToAddOrOverride, [CLAIM]: value }
      }
    }
  };
};

// services/guard-tokens/config.ts
var envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text
};

// services/guard-tokens/guard-tokens.ts
var SPENDABLE_MS = 6e4;
var REPEAT_MS = 15e3;
var COMPONENT = "guard-tokens";
var timeOf = ({ events }, fact) => Date.parse(events[fact]?.at ?? "");
var isSpendable = (challenge, now) => challenge.outcome === "VERIFIED" && challenge.events.REFUSED === void 0 && now - timeOf(challenge, "VERIFIED") <= SPENDABLE_MS;
var nextToSpend = (verified) => {
  const spentAt = (challenge) => timeOf(challenge, "TOKENS_ISSUED");
  const unspent = verified.find(({ events }) => events.TOKENS_ISSUED === void 0);
  return unspent ?? verified.toSorted((a, b) => spentAt(b) - spentAt(a))[0];
};
var guardTokens = async ({ spends, measure, now }, { userId, requestId }) => {
  const time = now();
  const fact = { at: new Date(time).toISOString(), by: COMPONENT, request: requestId };
  const newest = await spends.newest(userId);
  const verified = newest.filter((challenge) => isSpendable(challenge, time));
  const candidate = nextToSpend(verified);
  if (candidate === void 0) {
    const [latest] = newest;
    measure({ TokensRefused: 1 });
    if (latest !== void 0) await spends.refuse({ userId, challengeId: latest.challengeId }, fact);
    return { kind: "notVerified", ...latest && { challengeId: latest.challengeId } };
  }
  const { challengeId } = candidate;
  const repeatedSince = new Date(time - REPEAT_MS).toISOString();
  const standing = await spends.spend({ userId, challengeId, fact, repeatedSince });
  if (standing === void 0) {
    measure({ TokensRefused: 1 });
    return { kind: "spent", challengeId };
  }
  const isOwn = standing.request === requestId;
  if (isOwn) measure({ TokensIssued: 1 });
  return { kind: isOwn ? "issued" : "repeated", challengeId };
};

// services/guard-tokens/spend-store.ts
import { QueryCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
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
var unlessConditionFails = async (write) => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return void 0;
    throw error;
  }
};

// services/guard-tokens/spend-store.ts
var NEWEST = 10;
var createSpendStore = (client, tableName) => ({
  newest: async (userId) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: "#pk = :user AND begins_with(#sk, :challenge)",
        ExpressionAttributeNames: { "#pk": PARTITION_KEY, "#sk": SORT_KEY },
        ExpressionAttributeValues: marshall2({
          ":user": `${USER_PREFIX}${userId}`,
          ":challenge": CHALLENGE_PREFIX
        }),
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: NEWEST
      })
    );
    return Items.map((item) => {
      const { outcome, events, ...rest } = unmarshall(item);
      const challengeId = (rest[SORT_KEY] ?? "").slice(CHALLENGE_PREFIX.length);
      return { challengeId, events, ...outcome && { outcome } };
    });
  },
  spend: async ({ userId, challengeId, fact, repeatedSince }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: "SET events.#issued = if_not_exists(events.#issued, :fact)",
        ConditionExpression: "#outcome = :verified AND attribute_not_exists(events.#refused) AND (attribute_not_exists(events.#issued) OR events.#issued.#at >= :repeatedSince)",
        ExpressionAttributeNames: {
          "#issued": "TOKENS_ISSUED",
          "#refused": "REFUSED",
          "#outcome": "outcome",
          "#at": "at"
        },
        ExpressionAttributeValues: marshall2({
          ":fact": fact,
          ":verified": "VERIFIED",
          ":repeatedSince": repeatedSince
        }),
        ReturnValues: "ALL_NEW"
      })
    );
    const { Attributes } = await unlessConditionFails(write) ?? {};
    return Attributes && unmarshall(Attributes).events.TOKENS_ISSUED;
  },
  refuse: async ({ userId, challengeId }, fact) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: "SET events.#refused = if_not_exists(events.#refused, :fact)",
        ConditionExpression: "attribute_exists(events)",
        ExpressionAttributeNames: { "#refused": "TOKENS_REFUSED" },
        ExpressionAttributeValues: marshall2({ ":fact": fact })
      })
    );
    await unlessConditionFails(write);
  }
});

// services/guard-tokens/handler.ts
var config = readConfig(envSchema, process.env);
var dependencies = {
  spends: createSpendStore(new DynamoDBClient(TRIGGER_CLIENT), config.TABLE_NAME),
  measure: createMeasure(COMPONENT, config.METRICS_NAMESPACE),
  now: Date.now
};
var handler = withBoundary(
  COMPONENT,
  async (event, { awsRequestId }) => {
    const source = readTokenSource(event.triggerSource);
    if (source === "refresh")
      return { result: addClaim(event, "refreshed"), report: { outcome: "refreshed" } };
    const userId = readUser(event.request)?.userId;
    if (source === "other" || userId === void 0) {
      dependencies.measure({ TokensRefused: 1 });
      throw refusal(`Tokens asked for by ${source}`);
    }
    const { kind, challengeId } = await guardTokens(dependencies, { userId, requestId: awsRequestId });
    if (kind === "notVerified" || kind === "spent") throw refusal(kind);
    return { result: addClaim(event, "verified"), report: { outcome: kind, challengeId } };
  }
);
export {
  handler
};
