// services/create-auth-challenge/handler.ts
import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SFNClient } from "@aws-sdk/client-sfn";

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

// shared/challenge-store.ts
import {
  GetItemCommand,
  UpdateItemCommand
} from "@aws-sdk/client-dynamodb";
import { marshall as marshall2, unmarshall } from "@aws-sdk/util-dynamodb";

// shared/challenge.ts
import { v7 as uuidv7 } from "uuid";
var FINAL_REPORTS = ["DELIVERED", "BOUNCED", "SUPPRESSED", "REJECTED"];
var UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
var METADATA_PREFIX = "challenge-";
var newChallengeId = (now) => uuidv7({ msecs: now });
var isChallengeId = (value) => typeof value === "string" && UUID_V7.test(value);
var createdAt = (id) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
var expiryOf = (id, lifetimeSeconds) => createdAt(id) + lifetimeSeconds * 1e3;
var toMetadata = (id) => `${METADATA_PREFIX}${id}`;
var fromMetadata = (metadata) => {
  if (typeof metadata !== "string" || !metadata.startsWith(METADATA_PREFIX)) return void 0;
  const id = metadata.slice(METADATA_PREFIX.length);
  return isChallengeId(id) ? id : void 0;
};
var isLive = (challenge, now, maxAttempts) => challenge.outcome === void 0 && challenge.expiresAt > now && challenge.attempts < maxAttempts;
var latestDelivery = (challenge) => Math.max(0, ...Object.keys(challenge.events).map((name) => Number.parseInt(name, 10) || 0));
var attemptName = (round) => `attempt#${round}`;
var factName = (delivery, fact) => `${delivery}#${fact}`;
var requestName = (delivery) => factName(delivery, delivery === 1 ? "REQUESTED" : "RESEND_REQUESTED");
var orderedAt = ({ challengeId, events }, delivery) => {
  const fact = events[requestName(delivery)];
  return fact === void 0 ? createdAt(challengeId) : Date.parse(fact.at);
};
var deliveryStatus = ({ events }, delivery) => {
  const at = (fact) => events[factName(delivery, fact)]?.at;
  const [last] = FINAL_REPORTS.filter((report) => at(report) !== void 0).sort(
    (a, b) => (at(b) ?? "").localeCompare(at(a) ?? "") || FINAL_REPORTS.indexOf(b) - FINAL_REPORTS.indexOf(a)
  );
  if (last !== void 0) return last;
  if (at("DELAYED") !== void 0) return "DELAYED";
  if ((at("SENT") ?? at("ACCEPTED")) !== void 0) return "SENT";
  return at("SEND_FAILED") === void 0 ? "SENDING" : "FAILED";
};

// shared/table.ts
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
var PARTITION_KEY = "pk";
var SORT_KEY = "sk";
var TTL_ATTRIBUTE = "ttl";
var OPEN_SHARDS = [..."0123456789abcdef"];
var openShardOf = (challengeId) => challengeId.slice(-1);
var USER_PREFIX = "USER#";
var CHALLENGE_PREFIX = "CHALLENGE#";
var challengeKey = (userId, challengeId) => marshall({ [PARTITION_KEY]: `${USER_PREFIX}${userId}`, [SORT_KEY]: `${CHALLENGE_PREFIX}${challengeId}` });
var guardKey = (userId) => marshall({ [PARTITION_KEY]: `${USER_PREFIX}${userId}`, [SORT_KEY]: "GUARD" });
var unlessConditionFails = async (write) => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return void 0;
    throw error;
  }
};

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
var creation = (request) => {
  const expiresAt = expiryOf(request.challengeId, request.lifetimeSeconds);
  return {
    UpdateExpression: "SET recipient = :recipient, expiresAt = :expiresAt, attempts = :zero, openShard = :shard, #ttl = :ttl, events = :events",
    ConditionExpression: "attribute_not_exists(pk)",
    ExpressionAttributeNames: { "#ttl": TTL_ATTRIBUTE },
    values: {
      ":recipient": request.recipient,
      ":expiresAt": expiresAt,
      ":zero": 0,
      ":shard": openShardOf(request.challengeId),
      ":ttl": Math.ceil(expiresAt / 1e3) + request.retentionSeconds,
      ":events": { [requestName(request.delivery)]: request.fact }
    }
  };
};
var OPEN = "attribute_exists(pk) AND attribute_not_exists(#outcome)";
var resendRequest = ({ delivery, fact }) => ({
  UpdateExpression: "SET events.#requested = if_not_exists(events.#requested, :fact)",
  ConditionExpression: OPEN,
  ExpressionAttributeNames: { "#outcome": "outcome", "#requested": requestName(delivery) },
  values: { ":fact": fact }
});
var reuseNote = ({ delivery, fact }) => ({
  UpdateExpression: "SET events.#requested = if_not_exists(events.#requested, :fact), events.#reused = if_not_exists(events.#reused, :fact)",
  ConditionExpression: OPEN,
  ExpressionAttributeNames: {
    "#outcome": "outcome",
    "#requested": requestName(delivery),
    "#reused": factName(delivery, "REUSED")
  },
  values: { ":fact": fact }
});
var LIVE = "attribute_not_exists(#outcome) AND expiresAt > :now";
var admitted = (attempt) => `${LIVE} AND ${attempt === "last" ? "attempts = :last" : "attempts < :last"} AND attribute_not_exists(events.#attempt)`;
var consumption = (answer, attempt) => ({
  UpdateExpression: "SET #outcome = :verified, verifiedRound = :round, events.#verified = if_not_exists(events.#verified, :fact) REMOVE openShard",
  ConditionExpression: `(${admitted(attempt)}) OR (#outcome = :verified AND verifiedRound = :round)`,
  ExpressionAttributeNames: {
    "#attempt": attemptName(answer.round),
    "#outcome": "outcome",
    "#verified": "VERIFIED"
  },
  values: {
    ":verified": "VERIFIED",
    ":round": answer.round,
    ":now": answer.now,
    ":last": answer.maxAttempts - 1,
    ":fact": answer.fact
  }
});
var endOf = ({ at, by, round = "", request = "" }) => ({ at, by, round, request });
var wrongAttempt = (answer, attempt) => {
  const exhausts = attempt === "last";
  return {
    UpdateExpression: `SET attempts = attempts + :one, events.#attempt = :fact${exhausts ? ", #outcome = :exhausted, events.#exhausted = :exhaustion REMOVE openShard" : ""}`,
    ConditionExpression: admitted(attempt),
    ExpressionAttributeNames: {
      "#attempt": attemptName(answer.round),
      "#outcome": "outcome",
      ...exhausts && { "#exhausted": "EXHAUSTED" }
    },
    values: {
      ":one": 1,
      ":now": answer.now,
      ":last": answer.maxAttempts - 1,
      ":fact": answer.fact,
      ...exhausts && { ":exhausted": "EXHAUSTED", ":exhaustion": endOf(answer.fact) }
    }
  };
};
var guardNote = (name, fact) => ({
  UpdateExpression: "SET events.#name = if_not_exists(events.#name, :fact)",
  ConditionExpression: "attribute_exists(pk)",
  ExpressionAttributeNames: { "#name": name },
  values: { ":fact": fact }
});
var lease = ({ delivery, owner, now, until, recipientHash }) => ({
  UpdateExpression: "SET #lease = :lease, recipientHash = if_not_exists(recipientHash, :recipientHash)",
  ConditionExpression: `${LIVE} AND attribute_not_exists(events.#sent) AND attribute_not_exists(events.#accepted) AND (attribute_not_exists(#lease) OR #lease.#until <= :now OR #lease.#owner = :owner)`,
  ExpressionAttributeNames: {
    "#outcome": "outcome",
    "#sent": factName(delivery, "SENT"),
    "#accepted": factName(delivery, "ACCEPTED"),
    "#lease": `lease#${delivery}`,
    "#until": "until",
    "#owner": "owner"
  },
  values: { ":lease": { owner, until }, ":now": now, ":owner": owner, ":recipientHash": recipientHash }
});
var createChallengeStore = (client, tableName) => {
  const update = async (ref, { values, ...write }) => {
    const { Attributes = {} } = await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(ref.userId, ref.challengeId),
        ExpressionAttributeValues: marshall2(values),
        ReturnValues: "ALL_NEW",
        ...write
      })
    );
    return toChallenge(ref, Attributes);
  };
  const attempt = (ref, write) => unlessConditionFails(update(ref, write));
  const read = async (ref) => {
    const Key = challengeKey(ref.userId, ref.challengeId);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true })
    );
    return Item && toChallenge(ref, Item);
  };
  return {
    read,
    request: async (request) => request.delivery === 1 ? await attempt(request, creation(request)) ?? read(request) : attempt(request, resendRequest(request)),
    reuse: (request) => attempt(request, reuseNote(request)),
    consume: (answer, form) => attempt(answer, consumption(answer, form)),
    countAttempt: async (answer, form) => await attempt(answer, wrongAttempt(answer, form)) !== void 0,
    note: async (ref, name, fact) => (await attempt(ref, guardNote(name, fact)))?.events[name],
    claimLease: (claim) => attempt(claim, lease(claim))
  };
};

// shared/claims.ts
import { isIP } from "node:net";

// shared/redact.ts
var QUOTED = /"[^"]{0,64}"@\S+/g;
var TOKEN = /^([<>()[\]{},;:"']*)(.*?)([<>()[\]{},;:."']*)$/s;
var AT = /@|＠|%40/i;
var MASK = /^\S?\*\*\*@\S?\*\*\*(\.[^\s@]+)?$/;
var withoutAddresses = (text2) => text2.replace(QUOTED, "***").replace(/\S+/g, (word) => {
  if (!AT.test(word)) return word;
  const [, before = "", address = "", after = ""] = TOKEN.exec(word) ?? [];
  return MASK.test(address) ? word : `${before}***${after}`;
});

// shared/claims.ts
var MAX_USER_AGENT = 200;
var MAX_IP = 45;
var CODE_LIKE = /\d(?:[ -]?\d){5,}/g;
var readUserAgent = (value) => {
  if (typeof value !== "string") return void 0;
  const printable = value.slice(0, 2 * MAX_USER_AGENT).replace(/[^\x20-\x7e]+/g, " ");
  const kept = withoutAddresses(printable).replace(CODE_LIKE, "***").trim();
  return kept.slice(0, MAX_USER_AGENT) || void 0;
};
var isAddress = (value) => typeof value === "string" && value.length <= MAX_IP && !value.includes("%") && isIP(value) !== 0;
var readClaims = (clientMetadata) => {
  if (typeof clientMetadata !== "object" || clientMetadata === null) return {};
  const { ipAddress, userAgent } = clientMetadata;
  const claimedUserAgent = readUserAgent(userAgent);
  return {
    ...isAddress(ipAddress) && { claimedIp: ipAddress },
    ...claimedUserAgent !== void 0 && { claimedUserAgent }
  };
};

// shared/cognito-session.ts
var record = (value) => typeof value === "object" && value !== null ? value : {};
var optionalText = (value) => typeof value === "string" && value !== "" ? value : void 0;
var readSession = (session) => {
  if (!Array.isArray(session)) return [];
  return session.map((raw) => {
    const entry = record(raw);
    const challengeId = fromMetadata(entry.challengeMetadata);
    return {
      challengeName: optionalText(entry.challengeName) ?? "",
      succeeded: entry.challengeResult === true,
      ...challengeId && { challengeId }
    };
  });
};
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
var asksForResend = (clientMetadata) => record(clientMetadata).action === "resend";

// shared/config.ts
var text = (value) => value;
var integer = ({ min, max }) => (value) => {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  return number >= min && number <= max ? number : { problem: `must be a whole number from ${min} to ${max}` };
};
var flag = (value) => value === "true" || (value === "false" ? false : { problem: 'must be "true" or "false"' });
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

// shared/guard-store.ts
import {
  GetItemCommand as GetItemCommand2,
  UpdateItemCommand as UpdateItemCommand2
} from "@aws-sdk/client-dynamodb";
import { marshall as marshall3, unmarshall as unmarshall2 } from "@aws-sdk/util-dynamodb";

// shared/limits.ts
var CODE_LENGTH = { min: 6, max: 10, default: 6 };
var CODE_LIFETIME_SECONDS = { min: 300, max: 600, default: 300 };
var MAX_ATTEMPTS = { min: 1, max: 10, default: 5 };
var RESEND_COOLDOWN_SECONDS = { min: 20, max: 120, default: 30 };
var LATER_RESEND_COOLDOWN_SECONDS = { min: 20, max: 300, default: 60 };
var SENDS_PER_WINDOW = { min: 1, max: 10, default: 5 };
var SEND_WINDOW_SECONDS = 15 * 60;
var SENDS_PER_DAY = { min: 1, max: 50, default: 20 };
var LOCK_THRESHOLD = { min: 5, max: 100, default: 20 };
var LOCK_MINUTES = { min: 1, max: 1440, default: 15 };
var MAX_LOCK_SECONDS = 24 * 60 * 60;
var MAX_FAILURES = { min: 5, max: 100, default: 100 };
var AUDIT_RETENTION_DAYS = { min: 1, max: 3650, default: 400 };
var REUSE_MINIMUM_LIFE_SECONDS = 60;
var RESEND_MINIMUM_LIFE_SECONDS = 120;

// shared/policy.ts
var NO_GUARD = { version: 0, consecutiveFailures: 0, sends: [] };
var DAY_SECONDS = 24 * 60 * 60;
var lockedUntil = ({ consecutiveFailures, lastFailureAt }, now, { lockThreshold, lockSeconds, maxFailures }) => {
  if (consecutiveFailures >= maxFailures) return Number.POSITIVE_INFINITY;
  if (consecutiveFailures < lockThreshold || lastFailureAt === void 0) return void 0;
  const seconds = Math.min(lockSeconds * 2 ** (consecutiveFailures - lockThreshold), MAX_LOCK_SECONDS);
  const until = lastFailureAt + seconds * 1e3;
  return until > now ? until : void 0;
};
var cooldownAfter = (delivery, { cooldownSeconds, laterCooldownSeconds }) => delivery === 1 ? cooldownSeconds : laterCooldownSeconds;
var roomAt = (sends, most, seconds) => (sends.at(-most) ?? Number.NEGATIVE_INFINITY) + seconds * 1e3;
var sendAllowedAt = ({ sends }, { sendsPerWindow, sendsPerDay }) => Math.max(roomAt(sends, sendsPerWindow, SEND_WINDOW_SECONDS), roomAt(sends, sendsPerDay, DAY_SECONDS));
var usableLatest = (guard, { now, over }, { lifetimeSeconds }) => {
  const { latest } = guard;
  if (latest === void 0 || latest.challengeId === over) return void 0;
  const lifeLeft = expiryOf(latest.challengeId, lifetimeSeconds) - now;
  return lifeLeft >= REUSE_MINIMUM_LIFE_SECONDS * 1e3 ? { ...latest, lifeLeft } : void 0;
};
var decideDelivery = (guard, request, limits) => {
  const { now } = request;
  const locked = lockedUntil(guard, now, limits);
  if (locked !== void 0) return { kind: "refused", code: "LOCKED", retryAt: locked };
  const latest = usableLatest(guard, request, limits);
  const reuse = latest && {
    kind: "reuse",
    challengeId: latest.challengeId,
    delivery: latest.delivery
  };
  if (reuse && now - latest.claimedAt < cooldownAfter(latest.delivery, limits) * 1e3) return reuse;
  const allowedAt = sendAllowedAt(guard, limits);
  if (allowedAt > now) {
    return reuse ? { ...reuse, sendLimitUntil: allowedAt } : { kind: "refused", code: "SEND_LIMIT", retryAt: allowedAt };
  }
  const sends = [...guard.sends.filter((at) => at > now - DAY_SECONDS * 1e3), now];
  const isSameCode = request.kind === "resend" && (latest?.lifeLeft ?? 0) >= RESEND_MINIMUM_LIFE_SECONDS * 1e3;
  return latest && isSameCode ? { kind: "claim", challengeId: latest.challengeId, delivery: latest.delivery + 1, sends } : { kind: "claim", challengeId: newChallengeId(now), delivery: 1, sends };
};

// shared/guard-store.ts
var GuardContended = class extends Error {
  name = "GuardContended";
  constructor() {
    super("The guard kept changing");
  }
};
var toGuard = (item) => {
  const { version, latest = {}, failedRounds, lastFailureAt, sends = [] } = unmarshall2(item);
  const [newest] = Object.entries(latest);
  return {
    version,
    sends,
    consecutiveFailures: failedRounds?.size ?? 0,
    ...lastFailureAt !== void 0 && { lastFailureAt },
    ...newest && { latest: { challengeId: newest[0], ...newest[1] } }
  };
};
var NAMES = { "#version": "version", "#latest": "latest" };
var createGuardStore = (client, tableName) => ({
  readGuard: async (userId) => {
    const { Item } = await client.send(
      new GetItemCommand2({ TableName: tableName, Key: guardKey(userId), ConsistentRead: true })
    );
    return Item ? toGuard(Item) : NO_GUARD;
  },
  claimDelivery: async (userId, { version }, { challengeId, delivery, sends }, now) => {
    const write = client.send(
      new UpdateItemCommand2({
        TableName: tableName,
        Key: guardKey(userId),
        UpdateExpression: "SET #version = :next, #latest = :latest, sends = :sends",
        ConditionExpression: version === 0 ? "attribute_not_exists(pk)" : "#version = :read",
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: marshall3({
          ":next": version + 1,
          ":latest": { [challengeId]: { delivery, claimedAt: now } },
          ":sends": sends,
          ...version > 0 && { ":read": version }
        })
      })
    );
    return await unlessConditionFails(write) !== void 0;
  },
  clearFailures: async (userId, challengeId, clearable) => {
    const [condition, limit] = "version" in clearable ? ["#version = :limit", clearable.version] : ["(attribute_not_exists(failedRounds) OR size(failedRounds) < :limit)", clearable.failuresBelow];
    const write = client.send(
      new UpdateItemCommand2({
        TableName: tableName,
        Key: guardKey(userId),
        UpdateExpression: "ADD #version :one REMOVE #latest.#challengeId, failedRounds, lastFailureAt",
        ConditionExpression: `attribute_exists(#latest) AND ${condition}`,
        ExpressionAttributeNames: { ...NAMES, "#challengeId": challengeId },
        ExpressionAttributeValues: marshall3({ ":one": 1, ":limit": limit })
      })
    );
    return await unlessConditionFails(write) !== void 0;
  },
  countFailure: async (userId, { challengeId, round, now, exhausted, maxFailures }) => {
    const withdrawal = exhausted ? " REMOVE #latest.#challengeId" : "";
    const write = client.send(
      new UpdateItemCommand2({
        TableName: tableName,
        Key: guardKey(userId),
        UpdateExpression: `ADD #version :one, failedRounds :round SET lastFailureAt = :now${withdrawal}`,
        ConditionExpression: "attribute_exists(#latest) AND (attribute_not_exists(failedRounds) OR size(failedRounds) < :most)",
        ExpressionAttributeNames: { ...NAMES, ...exhausted && { "#challengeId": challengeId } },
        ExpressionAttributeValues: marshall3({
          ":one": 1,
          ":now": now,
          ":round": /* @__PURE__ */ new Set([round]),
          ":most": maxFailures
        }),
        ReturnValues: "ALL_NEW"
      })
    );
    const { Attributes } = await unlessConditionFails(write) ?? {};
    return Attributes && toGuard(Attributes);
  },
  unlock: async (userId, { version }) => {
    const write = client.send(
      new UpdateItemCommand2({
        TableName: tableName,
        Key: guardKey(userId),
        UpdateExpression: "ADD #version :one REMOVE failedRounds, lastFailureAt",
        ConditionExpression: "#version = :read",
        ExpressionAttributeNames: { "#version": NAMES["#version"] },
        ExpressionAttributeValues: marshall3({ ":one": 1, ":read": version }),
        ReturnValues: "ALL_NEW"
      })
    );
    const { Attributes } = await unlessConditionFails(write) ?? {};
    return Attributes && toGuard(Attributes);
  }
});

// shared/lock-limits.ts
var lockEnvSchema = {
  LOCK_THRESHOLD: integer(LOCK_THRESHOLD),
  LOCK_MINUTES: integer(LOCK_MINUTES),
  MAX_FAILURES: integer(MAX_FAILURES)
};
var toLockLimits = (config2) => ({
  lockThreshold: config2.LOCK_THRESHOLD,
  lockSeconds: config2.LOCK_MINUTES * 60,
  maxFailures: config2.MAX_FAILURES
});

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

// services/create-auth-challenge/config.ts
var envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  STATE_MACHINE_ARN: text,
  CODE_LENGTH: integer(CODE_LENGTH),
  CODE_LIFETIME_SECONDS: integer(CODE_LIFETIME_SECONDS),
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS),
  RESEND_COOLDOWN_SECONDS: integer(RESEND_COOLDOWN_SECONDS),
  LATER_RESEND_COOLDOWN_SECONDS: integer(LATER_RESEND_COOLDOWN_SECONDS),
  SENDS_PER_WINDOW: integer(SENDS_PER_WINDOW),
  SENDS_PER_DAY: integer(SENDS_PER_DAY),
  ...lockEnvSchema,
  AUDIT_RETENTION_DAYS: integer(AUDIT_RETENTION_DAYS),
  /** Whether codes go only to addresses that Cognito marks as verified. */
  REQUIRE_VERIFIED_EMAIL: flag
};

// shared/recipient.ts
var maskPart = (part) => `${Array.from(part)[0] ?? ""}***`;
var maskAddress = (address) => {
  const at = address.lastIndexOf("@");
  if (at < 1) return "***";
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf(".");
  const local = Array.from(address.slice(0, at));
  const shownLocal = local.length > 1 ? maskPart(address.slice(0, at)) : "***";
  return `${shownLocal}@${maskPart(domain.slice(0, Math.max(dot, 0)))}${dot < 0 ? "" : domain.slice(dot)}`;
};

// services/create-auth-challenge/create-challenge.ts
var COMPONENT = "create-auth-challenge";
var MAX_TRIES = 5;
var createChallenge = async (deps, request) => {
  if (request.current === void 0 || request.resend) return orderDelivery(deps, request);
  const challenge = await readLive(deps, request, request.current);
  if (challenge === void 0) return orderDelivery(deps, request, request.current);
  return await refuseLocked(deps, request, challenge) ?? issue(deps, request, challenge);
};
var readLive = async ({ challenges, now, limits }, { userId }, challengeId) => {
  const challenge = await challenges.read({ userId, challengeId });
  return challenge !== void 0 && isLive(challenge, now(), limits.maxAttempts) ? challenge : void 0;
};
var refuseLocked = async (deps, { userId }, { events }) => {
  if (events.LOCKED === void 0) return void 0;
  const retryAt = lockedUntil(await deps.guards.readGuard(userId), deps.now(), deps.limits);
  return retryAt === void 0 ? void 0 : refuse(deps, { kind: "refused", code: "LOCKED", retryAt });
};
var issue = ({ limits }, { current }, challenge, delivery = latestDelivery(challenge), sendLimitUntil) => ({
  kind: "issued",
  challenge,
  delivery,
  status: current === void 0 ? "NEW" : current === challenge.challengeId ? "SAME" : "REPLACED",
  deliveryStatus: deliveryStatus(challenge, delivery),
  resendAt: sendLimitUntil ?? orderedAt(challenge, delivery) + cooldownAfter(delivery, limits) * 1e3,
  sendLimited: sendLimitUntil !== void 0
});
var orderDelivery = async (deps, request, over) => {
  let known = over;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const guard = await deps.guards.readGuard(request.userId);
    const now = deps.now();
    const kind = request.resend ? "resend" : "signIn";
    const decision = decideDelivery(guard, { kind, now, ...known && { over: known } }, deps.limits);
    if (decision.kind === "refused") return await keep(deps, request, decision) ?? refuse(deps, decision);
    const won = decision.kind === "reuse" || await deps.guards.claimDelivery(request.userId, guard, decision, now);
    if (won) {
      const challenge = await record2(deps, request, decision);
      if (challenge !== void 0 && isLive(challenge, deps.now(), deps.limits.maxAttempts)) {
        const { userId, email, locale } = request;
        const { challengeId, delivery } = decision;
        await deps.startDelivery({ userId, challengeId, delivery, email, locale });
        const sendLimitUntil = decision.kind === "reuse" ? decision.sendLimitUntil : void 0;
        if (sendLimitUntil !== void 0) deps.measure({ RefusedSendLimit: 1 });
        return issue(deps, request, challenge, delivery, sendLimitUntil);
      }
      known = decision.challengeId;
    }
  }
  throw new GuardContended();
};
var keep = async (deps, request, { code, retryAt }) => {
  if (code !== "SEND_LIMIT" || !request.resend || request.current === void 0) return void 0;
  const challenge = await readLive(deps, request, request.current);
  if (challenge === void 0) return void 0;
  deps.measure({ RefusedSendLimit: 1 });
  return issue(deps, request, challenge, latestDelivery(challenge), retryAt);
};
var refuse = ({ measure }, refusal) => {
  measure(refusal.code === "LOCKED" ? { RefusedLocked: 1 } : { RefusedSendLimit: 1 });
  return refusal;
};
var record2 = async ({ challenges, measure, now, limits }, { userId, email, requestId, claims }, { kind, challengeId, delivery }) => {
  const { lifetimeSeconds, retentionSeconds } = limits;
  const fact = { at: new Date(now()).toISOString(), by: COMPONENT, request: requestId, ...claims };
  const ref = { userId, challengeId };
  const order = { ...ref, delivery, recipient: maskAddress(email), lifetimeSeconds, retentionSeconds, fact };
  const reused = kind === "reuse" ? await challenges.reuse(order) : void 0;
  const challenge = reused ?? await challenges.request(order);
  if (challenge !== void 0) countOwn(measure, challenge, delivery, fact);
  return challenge;
};
var countOwn = (measure, { events }, delivery, { request }) => {
  const isOwn = (name) => events[name]?.request === request;
  if (isOwn(requestName(delivery)))
    measure({ [delivery === 1 ? "ChallengeRequested" : "ResendRequested"]: 1 });
  if (isOwn(factName(delivery, "REUSED"))) measure({ ChallengeReused: 1 });
};

// services/create-auth-challenge/read-recipient.ts
var DEFAULT_LOCALE = "en";
var LOCALE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/;
var readRecipient = (request, requireVerified) => {
  const user = readUser(request);
  if (user === void 0) throw new ReportedError("UserUnknown", "This sign-in cannot be continued.");
  if (user.email === void 0) {
    throw new ReportedError(
      "EmailMissing",
      "No email address is on file for a sign-in code. Contact support."
    );
  }
  if (requireVerified && !user.emailVerified) {
    throw new ReportedError("EmailNotVerified", "Your email address is not verified yet. Contact support.");
  }
  const locale = user.locale !== void 0 && LOCALE.test(user.locale) ? user.locale : DEFAULT_LOCALE;
  return { userId: user.userId, email: user.email, locale };
};

// shared/refusal-mark.ts
var refusalMark = ({ code, retryAt }) => Number.isFinite(retryAt) ? `[${code} until ${new Date(retryAt).toISOString()}]` : `[${code}]`;

// services/create-auth-challenge/refusal-error.ts
var TEXTS = {
  LOCKED: "Too many wrong codes. Try again later.",
  SEND_LIMIT: "Too many codes were ordered. Try again later."
};
var LOCKED_FOR_GOOD = "Too many wrong codes. Contact support.";
var toError = (refusal) => {
  const text2 = Number.isFinite(refusal.retryAt) ? TEXTS[refusal.code] : LOCKED_FOR_GOOD;
  return new ReportedError(refusal.code, `${text2} ${refusalMark(refusal)}`);
};

// services/create-auth-challenge/start-delivery.ts
import { StartExecutionCommand } from "@aws-sdk/client-sfn";
var createStartDelivery = (client, stateMachineArn) => async (input) => {
  const name = `${input.challengeId}-${input.delivery}`;
  await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
};

// services/create-auth-challenge/write-challenge.ts
var writeChallenge = (event, { challenge, status, delivery, deliveryStatus: deliveryStatus2, resendAt, sendLimited }, round, shown) => ({
  ...event,
  response: {
    publicChallengeParameters: {
      challenge: status,
      destination: challenge.recipient,
      codeLength: String(shown.CODE_LENGTH),
      expiresAt: new Date(challenge.expiresAt).toISOString(),
      attemptsLeft: String(shown.MAX_ATTEMPTS - challenge.attempts),
      delivery: deliveryStatus2,
      deliveryNumber: String(delivery),
      resendAt: new Date(resendAt).toISOString(),
      ...sendLimited && { refused: "SEND_LIMIT" }
    },
    privateChallengeParameters: {
      challengeId: challenge.challengeId,
      round,
      attempts: String(challenge.attempts)
    },
    challengeMetadata: toMetadata(challenge.challengeId)
  }
});

// services/create-auth-challenge/handler.ts
var config = readConfig(envSchema, process.env);
var database = new DynamoDBClient(TRIGGER_CLIENT);
var dependencies = {
  guards: createGuardStore(database, config.TABLE_NAME),
  challenges: createChallengeStore(database, config.TABLE_NAME),
  startDelivery: createStartDelivery(new SFNClient(TRIGGER_CLIENT), config.STATE_MACHINE_ARN),
  measure: createMeasure(COMPONENT, config.METRICS_NAMESPACE),
  now: Date.now,
  limits: {
    lifetimeSeconds: config.CODE_LIFETIME_SECONDS,
    cooldownSeconds: config.RESEND_COOLDOWN_SECONDS,
    laterCooldownSeconds: config.LATER_RESEND_COOLDOWN_SECONDS,
    sendsPerWindow: config.SENDS_PER_WINDOW,
    sendsPerDay: config.SENDS_PER_DAY,
    ...toLockLimits(config),
    maxAttempts: config.MAX_ATTEMPTS,
    retentionSeconds: config.AUDIT_RETENTION_DAYS * 24 * 60 * 60
  }
};
var newRound = () => randomBytes(12).toString("base64url");
var handler = withBoundary(
  COMPONENT,
  async (event, { awsRequestId }) => {
    const recipient = readRecipient(event.request, config.REQUIRE_VERIFIED_EMAIL);
    const current = readSession(event.request.session).at(-1)?.challengeId;
    const { clientMetadata } = event.request;
    const resend = current !== void 0 && asksForResend(clientMetadata);
    const claims = readClaims(clientMetadata);
    const request = { ...recipient, resend, requestId: awsRequestId, claims, ...current && { current } };
    const issued = await createChallenge(dependencies, request);
    if (issued.kind === "refused") throw toError(issued);
    const { challenge, status, delivery } = issued;
    return {
      result: writeChallenge(event, issued, newRound(), config),
      report: { outcome: status, challengeId: challenge.challengeId, delivery }
    };
  }
);
export {
  handler
};
