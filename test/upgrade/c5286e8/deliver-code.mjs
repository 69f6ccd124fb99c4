// services/deliver-code/handler.ts
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client } from "@aws-sdk/client-sesv2";

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
var attemptName = (round) => `attempt#${round}`;
var factName = (delivery, fact) => `${delivery}#${fact}`;
var requestName = (delivery) => factName(delivery, delivery === 1 ? "REQUESTED" : "RESEND_REQUESTED");
var orderedAt = ({ challengeId, events }, delivery) => {
  const fact = events[requestName(delivery)];
  return fact === void 0 ? createdAt(challengeId) : Date.parse(fact.at);
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
var SEND_TRY_REASONS = [
  "EmailThrottled",
  "EmailUnavailable",
  "EmailUnanswered",
  "EmailQuotaReached",
  "EmailRejected",
  "ChallengeClosed",
  "ChallengeMissing",
  "Unexpected"
];
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
var SENDING_CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2e3, requestTimeout: 15e3, throwOnRequestTimeout: true }
};

// shared/limits.ts
var CODE_LENGTH = { min: 6, max: 10, default: 6 };
var SEND_WINDOW_SECONDS = 15 * 60;
var MAX_LOCK_SECONDS = 24 * 60 * 60;
var LEASE_SECONDS = 30;

// services/deliver-code/config.ts
var envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  KEY_SECRET_ARN: text,
  CONFIGURATION_SET: text,
  /** The address that codes come from, `otp@example.com` or `Example <otp@example.com>`. */
  EMAIL_SENDER: text,
  CODE_LENGTH: integer(CODE_LENGTH)
};

// shared/code.ts
import { createHmac, timingSafeEqual } from "node:crypto";
var DOMAIN = "otp/1";
var ADDRESS_DOMAIN = "address/1";
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
var ADDRESS_HASH_BYTES = 16;
var hashAddress = (key, address) => hmac(key, `${ADDRESS_DOMAIN}${address.toLowerCase()}`).subarray(0, ADDRESS_HASH_BYTES).toString("base64url");

// services/deliver-code/mail-texts.ts
var en = {
  subject: "Your sign-in code",
  lead: "Enter this code to finish signing in:",
  validity: (minutes) => minutes === 1 ? "It works once, within the next minute." : `It works once, within the next ${minutes} minutes.`,
  secrecy: "Never pass this code on. Nobody who works for us will ask you for it.",
  notYou: "Was it not you who tried to sign in? Then somebody knows your password: change it now."
};
var de = {
  subject: "Ihr Anmeldecode",
  lead: "Geben Sie diesen Code ein, um die Anmeldung abzuschlie\xDFen:",
  validity: (minutes) => minutes === 1 ? "Er gilt einmal und noch eine Minute lang." : `Er gilt einmal und noch ${minutes} Minuten lang.`,
  secrecy: "Geben Sie diesen Code nie weiter. Wir fragen Sie niemals danach.",
  notYou: "Sie wollten sich gar nicht anmelden? Dann kennt jemand Ihr Passwort: \xC4ndern Sie es jetzt."
};
var es = {
  subject: "Su c\xF3digo de acceso",
  lead: "Introduzca este c\xF3digo para terminar de iniciar sesi\xF3n:",
  validity: (minutes) => minutes === 1 ? "Sirve una sola vez y caduca dentro de un minuto." : `Sirve una sola vez y caduca dentro de ${minutes} minutos.`,
  secrecy: "No comparta nunca este c\xF3digo. Nunca se lo pediremos.",
  notYou: "\xBFNo ha sido usted? Entonces alguien conoce su contrase\xF1a: c\xE1mbiela ahora."
};
var fr = {
  subject: "Votre code de connexion",
  lead: "Saisissez ce code pour terminer la connexion :",
  validity: (minutes) => minutes === 1 ? "Il est valable une seule fois, encore une minute." : `Il est valable une seule fois, encore ${minutes} minutes.`,
  secrecy: "Ne communiquez jamais ce code. Nous ne vous le demanderons jamais.",
  notYou: "Ce n\u2019est pas vous ? Alors quelqu\u2019un conna\xEEt votre mot de passe : changez-le maintenant."
};
var languages = { en, de, es, fr };
var textsFor = (locale) => {
  const language = locale.slice(0, 2).toLowerCase();
  const texts = Object.hasOwn(languages, language) && /^[A-Za-z]{2}([-_]|$)/.test(locale) ? languages[language] : void 0;
  return texts === void 0 ? { language: "en", texts: en } : { language, texts };
};

// services/deliver-code/compose-mail.ts
var composeMail = ({ code, minutesLeft, locale }) => {
  const { language, texts } = textsFor(locale);
  return {
    subject: texts.subject,
    text: composeText(code, minutesLeft, texts),
    html: composeHtml(code, minutesLeft, language, texts)
  };
};
var composeText = (code, minutesLeft, texts) => [texts.lead, code, texts.validity(minutesLeft), texts.secrecy, texts.notYou, ""].join("\n\n");
var composeHtml = (code, minutesLeft, language, texts) => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.subject}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #16181d !important; }
  .card { background: #23262d !important; color: #f1f3f5 !important; }
  .code { background: #16181d !important; color: #ffffff !important; }
  .quiet { color: #b4bac4 !important; }
}
</style>
</head>
<body class="page" style="margin:0;background:#f2f4f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0">
<tr><td class="page" align="center" style="padding:32px 16px;background:#f2f4f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px">
<tr><td class="card" style="padding:32px 24px;border-radius:12px;background:#ffffff;color:#1b1f27;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<p style="margin:0 0 20px">${texts.lead}</p>
<p class="code" style="margin:0 0 20px;padding:16px 4px;border-radius:8px;background:#eef1f6;text-align:center;font:700 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.12em">${code}</p>
<p style="margin:0 0 20px">${texts.validity(minutesLeft)}</p>
<p class="quiet" style="margin:0 0 8px;font-size:14px;color:#566070">${texts.secrecy}</p>
<p class="quiet" style="margin:0;font-size:14px;color:#566070">${texts.notYou}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;

// services/deliver-code/deliver.ts
var ROUNDING_MS = 15e3;
var deliver = async (deps, delivery) => {
  try {
    return await sendOnce(deps, delivery);
  } catch (error) {
    const name = error instanceof ReportedError ? error.name : void 0;
    const reason = SEND_TRY_REASONS.find((known) => known === name) ?? "Unexpected";
    if (name !== "LeaseHeld") deps.measure({ SendTryFailed: 1 }, reason);
    throw error;
  }
};
var sendOnce = async (deps, delivery) => {
  const key = await deps.keyFor(delivery.challengeId);
  const now = deps.now();
  const challenge = await deps.challenges.claimLease({
    ...delivery,
    recipientHash: hashAddress(key, delivery.email),
    owner: delivery.execution,
    now,
    until: now + LEASE_SECONDS * 1e3
  });
  if (challenge === void 0) return whyNotClaimed(delivery, await deps.challenges.read(delivery), now);
  const code = deriveCode(key, delivery, deps.codeLength);
  const minutesLeft = Math.max(1, Math.floor((challenge.expiresAt - now + ROUNDING_MS) / 6e4));
  const mail = composeMail({ code, minutesLeft, locale: delivery.locale });
  const messageId = await deps.sendMail(delivery, mail);
  const sentAt = deps.now();
  deps.measure({ CodeSent: 1, TimeToSent: Math.max(0, sentAt - orderedAt(challenge, delivery.delivery)) });
  return { kind: "sent", messageId, sentAt: new Date(sentAt).toISOString(), try: delivery.try };
};
var whyNotClaimed = ({ delivery, try: thisTry }, challenge, now) => {
  if (challenge === void 0) throw new ReportedError("ChallengeMissing", "There is no such challenge");
  const sent = challenge.events[factName(delivery, "SENT")] ?? challenge.events[factName(delivery, "ACCEPTED")];
  if (sent !== void 0) {
    return { kind: "alreadySent", messageId: String(sent.messageId), sentAt: sent.at, try: thisTry };
  }
  if (challenge.outcome !== void 0 || challenge.expiresAt <= now) {
    throw new ReportedError("ChallengeClosed", "The challenge was over before this mail was sent");
  }
  throw new ReportedError("LeaseHeld", "Another execution is sending this delivery");
};

// services/deliver-code/read-delivery.ts
var isWhole = (value, min) => typeof value === "number" && Number.isInteger(value) && value >= min;
var isText = (value) => typeof value === "string" && value !== "";
var readDelivery = (event) => {
  const input = typeof event === "object" && event !== null ? event : {};
  const { userId, challengeId, delivery, email, locale, execution, retries } = input;
  const refuse = (field) => new ReportedError("InvalidDelivery", `${field} is missing or malformed`);
  if (!isText(userId)) throw refuse("userId");
  if (!isChallengeId(challengeId)) throw refuse("challengeId");
  if (!isWhole(delivery, 1)) throw refuse("delivery");
  if (!isText(email)) throw refuse("email");
  if (!isText(locale)) throw refuse("locale");
  if (!isText(execution)) throw refuse("execution");
  if (!isWhole(retries, 0)) throw refuse("retries");
  return { userId, challengeId, delivery, email, locale, execution, try: retries + 1 };
};

// services/deliver-code/send-mail.ts
import { SendEmailCommand } from "@aws-sdk/client-sesv2";
var REFUSALS = [
  "AccountSuspendedException",
  "BadRequestException",
  "LimitExceededException",
  "MailFromDomainNotVerifiedException",
  "MessageRejected",
  "NotFoundException",
  "SendingPausedException",
  "AccessDeniedException"
];
var THROTTLES = ["TooManyRequestsException", "ThrottlingException", "Throttling"];
var classify = ({ name, message }) => {
  if (/daily message quota/i.test(message)) return "EmailQuotaReached";
  if (name === "TimeoutError") return "EmailUnanswered";
  if (THROTTLES.includes(name)) return "EmailThrottled";
  return REFUSALS.includes(name) ? "EmailRejected" : "EmailUnavailable";
};
var createSendMail = (client, { from, configurationSet }) => async ({ userId, challengeId, delivery, email }, mail) => {
  const command = new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: [email] },
    ConfigurationSetName: configurationSet,
    Content: {
      Simple: {
        Subject: { Data: mail.subject, Charset: "UTF-8" },
        Body: {
          Text: { Data: mail.text, Charset: "UTF-8" },
          Html: { Data: mail.html, Charset: "UTF-8" }
        }
      }
    },
    // SES repeats the tags in its events; they are what joins an event to its challenge.
    EmailTags: [
      { Name: "user", Value: userId },
      { Name: "challenge", Value: challengeId },
      { Name: "delivery", Value: String(delivery) }
    ]
  });
  try {
    const { MessageId } = await client.send(command);
    return MessageId ?? "unknown";
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error("unknown");
    throw new ReportedError(classify(error), error.name, { cause });
  }
};

// services/deliver-code/handler.ts
var COMPONENT = "deliver-code";
var config = readConfig(envSchema, process.env);
var sender = { from: config.EMAIL_SENDER, configurationSet: config.CONFIGURATION_SET };
var dependencies = {
  challenges: createChallengeStore(new DynamoDBClient(TRIGGER_CLIENT), config.TABLE_NAME),
  keyFor: createKeySource(new SecretsManagerClient(TRIGGER_CLIENT), config.KEY_SECRET_ARN, Date.now),
  sendMail: createSendMail(new SESv2Client(SENDING_CLIENT), sender),
  measure: createMeasure(COMPONENT, config.METRICS_NAMESPACE),
  now: Date.now,
  codeLength: config.CODE_LENGTH
};
var handler = withBoundary(COMPONENT, async (event) => {
  const delivery = readDelivery(event);
  const delivered = await deliver(dependencies, delivery);
  const { challengeId, delivery: number } = delivery;
  return {
    result: delivered,
    report: { outcome: delivered.kind, challengeId, delivery: number, messageId: delivered.messageId }
  };
});
export {
  handler
};
