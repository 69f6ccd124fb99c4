// services/verify-auth-challenge/handler.ts
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

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
var UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
var isChallengeId = (value) => typeof value === "string" && UUID_V7.test(value);
var createdAt = (id) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
var expiryOf = (id, lifetimeSeconds) => createdAt(id) + lifetimeSeconds * 1e3;
var isLive = (challenge, now, maxAttempts) => challenge.outcome === void 0 && challenge.expiresAt > now && challenge.attempts < maxAttempts;
var attemptName = (round) => `attempt#${round}`;
var factName = (delivery, fact) => `${delivery}#${fact}`;
var requestName = (delivery) => factName(delivery, delivery === 1 ? "REQUESTED" : "RESEND_REQUESTED");

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
var MAX_ATTEMPTS = { min: 1, max: 10, default: 5 };
var SEND_WINDOW_SECONDS = 15 * 60;
var LOCK_THRESHOLD = { min: 5, max: 100, default: 20 };
var LOCK_MINUTES = { min: 1, max: 1440, default: 15 };
var MAX_LOCK_SECONDS = 24 * 60 * 60;
var MAX_FAILURES = { min: 5, max: 100, default: 100 };

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

// shared/keyring.ts
import { createSecretKey } from "node:crypto";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
var KeyringError = class extends Error {
  name = "KeyringError";
};
var MIN_KEY_LENGTH = 32;
var ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
var KEY_CACHE_MS = 5 * 60 * 1e3;
var parseKeyring = (secret) => {
  let entries;
  try {
    entries = Object.entries(JSON.parse(secret ?? ""));
  } catch {
    throw new KeyringError("The code key secret is not a JSON object");
  }
  const keys = entries.map(([notBefore, key]) => {
    const time = ISO_TIME.test(notBefore) ? Date.parse(notBefore) : Number.NaN;
    if (typeof key !== "string" || key.length < MIN_KEY_LENGTH || Number.isNaN(time)) {
      throw new KeyringError('The code key secret has an entry that is not "<ISO 8601 UTC time>": "<key>"');
    }
    return { notBefore: time, secret: createSecretKey(key, "utf8") };
  });
  return keys.sort((a, b) => b.notBefore - a.notBefore);
};
var keyFor = (keyring, challengeId) => {
  const key = keyring.find(({ notBefore }) => notBefore <= createdAt(challengeId));
  if (key === void 0) throw new KeyringError("No key was in force when the challenge was created");
  return key.secret;
};
var createKeySource = (client, secretArn, now) => {
  let cached;
  return async (challengeId) => {
    const time = now();
    if (cached === void 0 || time >= cached.until || cached.until > time + KEY_CACHE_MS) {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
      cached = { keyring: parseKeyring(SecretString), until: time + KEY_CACHE_MS };
    }
    return keyFor(cached.keyring, challengeId);
  };
};

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

// shared/answer.ts
var MAX_LENGTH = 64;
var SEPARATORS = /[\s\p{Pd}\u2212\p{Cf}]/gu;
var digitValue = (digit) => {
  const isDigit = (codePoint2) => new RegExp("\\p{Nd}", "u").test(String.fromCodePoint(codePoint2));
  const codePoint = digit.codePointAt(0) ?? 0;
  let zero = codePoint;
  while (isDigit(zero - 1)) zero -= 1;
  return String((codePoint - zero) % 10);
};
var readAnswer = (answer, length) => {
  if (typeof answer !== "string" || answer.length > MAX_LENGTH) return void 0;
  const digits = answer.normalize("NFKC").replace(SEPARATORS, "").replace(new RegExp("\\p{Nd}", "gu"), digitValue);
  return /^[0-9]+$/.test(digits) && digits.length === length ? digits : void 0;
};

// shared/code.ts
import { createHmac, timingSafeEqual } from "node:crypto";
var DOMAIN = "otp/1";
var WORD_BYTES = 6;
var hmac = (key, data) => createHmac("sha256", key).update(data).digest();
var deriveCode = (key, { challengeId, userId }, length) => {
  const codes = 10 ** length;
  const limit = 2 ** (8 * WORD_BYTES) - 2 ** (8 * WORD_BYTES) % codes;
  let block = hmac(key, `${DOMAIN}${challengeId}${userId}`);
  for (; ; ) {
    for (let at = 0; at + WORD_BYTES <= block.length; at += WORD_BYTES) {
      const word = block.readUIntBE(at, WORD_BYTES);
      if (word < limit) return String(word % codes).padStart(length, "0");
    }
    block = hmac(key, block);
  }
};
var isSameCode = (candidate, code) => candidate.length === code.length && timingSafeEqual(Buffer.from(candidate), Buffer.from(code));

// services/verify-auth-challenge/user-guard.ts
var MAX_TRIES = 3;
var passGuard = async (deps, answer) => {
  const { guards, lockLimits } = deps;
  const { userId, challengeId, now } = answer;
  const failuresBelow = Math.min(lockLimits.lockThreshold, lockLimits.maxFailures);
  if (await guards.clearFailures(userId, challengeId, { failuresBelow })) return true;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const guard = await guards.readGuard(userId);
    if (guard.version === 0) return true;
    const until = lockedUntil(guard, now, lockLimits);
    if (until !== void 0) {
      if (await noteLock(deps, answer, "REFUSED", until)) deps.measure({ RefusedLocked: 1 });
      return false;
    }
    if (await guards.clearFailures(userId, challengeId, { version: guard.version })) return true;
  }
  throw new GuardContended();
};
var countFailure = async (deps, answer, exhausted) => {
  const { userId, challengeId, round, now } = answer;
  const { lockLimits } = deps;
  const failure = { challengeId, round, now, exhausted, maxFailures: lockLimits.maxFailures };
  const guard = await deps.guards.countFailure(userId, failure);
  const until = guard && lockedUntil(guard, now, lockLimits);
  if (until !== void 0 && await noteLock(deps, answer, "LOCKED", until)) deps.measure({ UserLocked: 1 });
};
var noteLock = async ({ challenges }, { userId, challengeId, fact: { at, by, round = "", request = "" } }, name, until) => {
  const fact = { at, by, round, request, until: lockEnd(until) };
  return (await challenges.note({ userId, challengeId }, name, fact))?.request === request;
};
var lockEnd = (until) => Number.isFinite(until) ? new Date(until).toISOString() : "unlocked";

// services/verify-auth-challenge/check-answer.ts
var COMPONENT = "verify-auth-challenge";
var checkAnswer = async (deps, request) => {
  const candidate = readAnswer(request.answer, deps.codeLength);
  if (candidate === void 0) return "unreadable";
  const { userId, challengeId, round, requestId, claims } = request;
  const code = deriveCode(await deps.keyFor(challengeId), { userId, challengeId }, deps.codeLength);
  const now = deps.now();
  const at = new Date(now).toISOString();
  const fact = { at, by: COMPONENT, round, request: requestId, ...claims };
  const answer = { userId, challengeId, round, now, maxAttempts: deps.maxAttempts, fact };
  const right = isSameCode(candidate, code);
  const { outcome, isNew, isRefused } = await decide(deps.challenges, answer, right, request.attempts);
  if (isNew) measureDecision(deps.measure, outcome, Math.max(0, now - createdAt(challengeId)));
  if (outcome === "verified") return !isRefused && await passGuard(deps, answer) ? "verified" : "locked";
  if (outcome !== "closed") await countFailure(deps, answer, outcome === "exhausted");
  return outcome;
};
var measureDecision = (measure, outcome, age) => {
  if (outcome === "verified") measure({ ChallengeVerified: 1, TimeToVerified: age });
  if (outcome === "wrong") measure({ AnswerWrong: 1 });
  if (outcome === "exhausted") measure({ AnswerWrong: 1, ChallengeExhausted: 1 });
};
var decide = async (challenges, answer, right, attemptsSeen) => {
  const seesLast = attemptsSeen + 1 >= answer.maxAttempts;
  for (let form = seesLast ? "last" : "notLast"; ; form = "last") {
    const decision = right ? await consume(challenges, answer, form) : await count(challenges, answer, form);
    if (decision !== void 0) return decision;
    const challenge = await challenges.read(answer);
    const counted = countedBefore(challenge, answer);
    if (counted !== void 0) return counted;
    const isOver = challenge === void 0 || !isLive(challenge, answer.now, answer.maxAttempts);
    if (isOver || form === "last") return { outcome: "closed", isNew: false };
  }
};
var consume = async (challenges, answer, form) => {
  const consumed = await challenges.consume(answer, form);
  if (consumed === void 0) return void 0;
  const { VERIFIED, REFUSED } = consumed.events;
  const isNew = VERIFIED?.request === answer.fact.request;
  return { outcome: "verified", isNew, isRefused: REFUSED !== void 0 };
};
var count = async (challenges, answer, form) => await challenges.countAttempt(answer, form) ? { outcome: form === "last" ? "exhausted" : "wrong", isNew: true } : void 0;
var countedBefore = (challenge, { round, fact }) => {
  const { EXHAUSTED, [attemptName(round)]: counted } = challenge?.events ?? {};
  if (counted === void 0) return void 0;
  const outcome = EXHAUSTED?.round === round ? "exhausted" : "wrong";
  return { outcome, isNew: counted.request === fact.request };
};

// services/verify-auth-challenge/config.ts
var envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  KEY_SECRET_ARN: text,
  CODE_LENGTH: integer(CODE_LENGTH),
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS),
  ...lockEnvSchema
};

// services/verify-auth-challenge/read-reference.ts
var readReference = (parameters) => {
  if (typeof parameters !== "object" || parameters === null) return void 0;
  const { challengeId, round, attempts } = parameters;
  if (!isChallengeId(challengeId) || typeof round !== "string" || round === "") return void 0;
  const count2 = typeof attempts === "string" ? Number.parseInt(attempts, 10) || 0 : 0;
  return { challengeId, round, attempts: count2 };
};

// services/verify-auth-challenge/handler.ts
var config = readConfig(envSchema, process.env);
var database = new DynamoDBClient(TRIGGER_CLIENT);
var dependencies = {
  challenges: createChallengeStore(database, config.TABLE_NAME),
  guards: createGuardStore(database, config.TABLE_NAME),
  keyFor: createKeySource(new SecretsManagerClient(TRIGGER_CLIENT), config.KEY_SECRET_ARN, Date.now),
  measure: createMeasure(COMPONENT, config.METRICS_NAMESPACE),
  now: Date.now,
  codeLength: config.CODE_LENGTH,
  maxAttempts: config.MAX_ATTEMPTS,
  lockLimits: toLockLimits(config)
};
var handler = withBoundary(
  COMPONENT,
  async (event, { awsRequestId }) => {
    const { request } = event;
    const userId = readUser(request)?.userId;
    const reference = readReference(request.privateChallengeParameters);
    let outcome = "unknown";
    if (asksForResend(request.clientMetadata)) outcome = "resend";
    else if (userId !== void 0 && reference !== void 0) {
      outcome = await checkAnswer(dependencies, {
        userId,
        ...reference,
        answer: request.challengeAnswer,
        requestId: awsRequestId,
        claims: readClaims(request.clientMetadata)
      });
    }
    return {
      result: { ...event, response: { answerCorrect: outcome === "verified" } },
      report: { outcome, challengeId: reference?.challengeId }
    };
  }
);
export {
  handler
};
