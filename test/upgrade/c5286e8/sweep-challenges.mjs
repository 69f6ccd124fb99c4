// services/sweep-challenges/handler.ts
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

// shared/config.ts
var text = (value) => value;
var integer = ({ min, max }) => (value) => {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  return number >= min && number <= max ? number : { problem: `must be a whole number from ${min} to ${max}` };
};
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

// shared/limits.ts
var MAX_ATTEMPTS = { min: 1, max: 10, default: 5 };
var SEND_WINDOW_SECONDS = 15 * 60;
var MAX_LOCK_SECONDS = 24 * 60 * 60;
var SWEEP_GRACE_SECONDS = 30;

// services/sweep-challenges/config.ts
var envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS)
};

// services/sweep-challenges/open-challenges.ts
import {
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand
} from "@aws-sdk/client-dynamodb";
import { marshall as marshall2, unmarshall } from "@aws-sdk/util-dynamodb";

// shared/table.ts
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
var PARTITION_KEY = "pk";
var SORT_KEY = "sk";
var EXPIRY_ATTRIBUTE = "expiresAt";
var OPEN_INDEX = "open";
var OPEN_SHARD_ATTRIBUTE = "openShard";
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

// services/sweep-challenges/open-challenges.ts
var CONDITIONS = {
  EXPIRED: "attribute_exists(mailed) AND attempts < :max",
  ORPHANED: "attribute_not_exists(mailed) AND attempts < :max",
  EXHAUSTED: "attempts >= :max"
};
var toRef = (item) => ({
  userId: (item[PARTITION_KEY] ?? "").slice(USER_PREFIX.length),
  challengeId: (item[SORT_KEY] ?? "").slice(CHALLENGE_PREFIX.length)
});
var createOpenChallenges = (client, tableName) => ({
  async *due(shard, before) {
    let ExclusiveStartKey;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: OPEN_INDEX,
          KeyConditionExpression: "#shard = :shard AND #expiry < :before",
          ExpressionAttributeNames: { "#shard": OPEN_SHARD_ATTRIBUTE, "#expiry": EXPIRY_ATTRIBUTE },
          ExpressionAttributeValues: marshall2({ ":shard": shard, ":before": before }),
          ReturnConsumedCapacity: "TOTAL",
          ...ExclusiveStartKey && { ExclusiveStartKey }
        })
      );
      const due = (page.Items ?? []).map((item) => toRef(unmarshall(item)));
      yield { due, readUnits: page.ConsumedCapacity?.CapacityUnits ?? 0 };
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== void 0);
  },
  close: async ({ userId, challengeId, outcome, fact, now, maxAttempts }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: `SET #outcome = :outcome, events.#outcomeFact = :fact REMOVE ${OPEN_SHARD_ATTRIBUTE}`,
        ConditionExpression: `attribute_not_exists(#outcome) AND #expiry < :now AND ${CONDITIONS[outcome]}`,
        ExpressionAttributeNames: {
          "#outcome": "outcome",
          "#outcomeFact": outcome,
          "#expiry": EXPIRY_ATTRIBUTE
        },
        ExpressionAttributeValues: marshall2({
          ":outcome": outcome,
          ":fact": fact,
          ":now": now,
          ":max": maxAttempts
        })
      })
    );
    return await unlessConditionFails(write) !== void 0;
  },
  read: async ({ userId, challengeId }) => {
    const Key = challengeKey(userId, challengeId);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true })
    );
    return Item && unmarshall(Item);
  }
});

// services/sweep-challenges/sweep.ts
var COMPONENT = "sweep-challenges";
var METRIC_OF = {
  EXPIRED: "ChallengeExpired",
  ORPHANED: "ChallengeOrphaned",
  EXHAUSTED: "ChallengeExhausted"
};
var OUTCOMES = Object.keys(METRIC_OF);
var RESERVE_MS = 2e4;
var sweep = async (deps, run) => {
  const results = await Promise.allSettled(OPEN_SHARDS.map((shard) => sweepShard(deps, run, shard)));
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== void 0) throw failed.reason;
  const shards = results.filter((result) => result.status === "fulfilled").map(({ value }) => value);
  const total = (outcome) => shards.reduce((sum, { closed }) => sum + closed[outcome], 0);
  return {
    closed: { EXPIRED: total("EXPIRED"), ORPHANED: total("ORPHANED"), EXHAUSTED: total("EXHAUSTED") },
    readUnits: shards.reduce((sum, { readUnits }) => sum + readUnits, 0),
    unfinished: shards.some(({ unfinished }) => unfinished)
  };
};
var sweepShard = async (deps, run, shard) => {
  const closed = { EXPIRED: 0, ORPHANED: 0, EXHAUSTED: 0 };
  const failures = [];
  let readUnits = 0;
  const hasTime = () => run.timeLeft() > RESERVE_MS;
  try {
    for await (const page of deps.challenges.due(shard, deps.now() - SWEEP_GRACE_SECONDS * 1e3)) {
      readUnits += page.readUnits;
      for (const ref of page.due) {
        if (!hasTime()) return { closed, readUnits, unfinished: true };
        const outcome = await close(deps, run, ref).catch((error) => void failures.push(error));
        if (outcome !== void 0) closed[outcome] += 1;
      }
    }
    if (failures.length > 0) throw failures[0];
    return { closed, readUnits, unfinished: false };
  } finally {
    for (const outcome of OUTCOMES) {
      if (closed[outcome] > 0) deps.measure({ [METRIC_OF[outcome]]: closed[outcome] });
    }
  }
};
var close = async ({ challenges, now, maxAttempts }, { requestId }, ref) => {
  const time = now();
  const fact = { at: new Date(time).toISOString(), by: COMPONENT, request: requestId };
  let outcome = "EXPIRED";
  for (const isLast of [false, true]) {
    if (await challenges.close({ ...ref, outcome, fact, now: time, maxAttempts })) return outcome;
    const challenge = await challenges.read(ref);
    if (challenge === void 0) return void 0;
    if (challenge.outcome !== void 0) return ownOutcome(challenge, requestId);
    if (!isLast) outcome = outcomeOf(challenge, maxAttempts);
  }
  return void 0;
};
var outcomeOf = ({ attempts, mailed }, maxAttempts) => {
  if (attempts >= maxAttempts) return "EXHAUSTED";
  return mailed ? "EXPIRED" : "ORPHANED";
};
var ownOutcome = ({ events }, requestId) => OUTCOMES.find((outcome) => events[outcome]?.request === requestId);

// services/sweep-challenges/handler.ts
var config = readConfig(envSchema, process.env);
var dependencies = {
  challenges: createOpenChallenges(new DynamoDBClient(BACKGROUND_CLIENT), config.TABLE_NAME),
  measure: createMeasure(COMPONENT, config.METRICS_NAMESPACE),
  now: Date.now,
  maxAttempts: config.MAX_ATTEMPTS
};
var handler = withBoundary(COMPONENT, async (_event, context) => {
  const timeLeft = () => context.getRemainingTimeInMillis();
  const { closed, readUnits, unfinished } = await sweep(dependencies, {
    requestId: context.awsRequestId,
    timeLeft
  });
  return {
    result: void 0,
    report: { outcome: unfinished ? "unfinished" : "swept", ...closed, readUnits }
  };
});
export {
  handler
};
