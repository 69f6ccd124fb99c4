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
var UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
var METADATA_PREFIX = "challenge-";
var isChallengeId = (value) => typeof value === "string" && UUID_V7.test(value);
var fromMetadata = (metadata) => {
  if (typeof metadata !== "string" || !metadata.startsWith(METADATA_PREFIX)) return void 0;
  const id = metadata.slice(METADATA_PREFIX.length);
  return isChallengeId(id) ? id : void 0;
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
var nextChallenge = (challengeName) => ({ kind: "challenge", challengeName });
var ISSUE_TOKENS = { kind: "issueTokens" };
var FAIL = { kind: "fail" };
var writeNextStep = (event, step) => {
  const response = {
    issueTokens: step.kind === "issueTokens",
    failAuthentication: step.kind === "fail",
    ...step.kind === "challenge" && { challengeName: step.challengeName }
  };
  return { ...event, response };
};

// shared/config.ts
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

// shared/limits.ts
var MAX_ROUNDS = { min: 1, max: 20, default: 8 };
var SEND_WINDOW_SECONDS = 15 * 60;
var MAX_LOCK_SECONDS = 24 * 60 * 60;

// services/define-auth-challenge/config.ts
var envSchema = {
  /** Rounds (answers and resends) after which the sign-in ends. */
  MAX_ROUNDS: integer(MAX_ROUNDS)
};

// services/define-auth-challenge/decide-next-step.ts
var NEEDS_NEW_PASSWORD = ["FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"];
var POOL_MFA = ["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"];
var decideNextStep = ({ session, userStatus, userExists }, maxRounds) => {
  const [srp, password, ...rest] = session;
  if (srp?.challengeName !== "SRP_A" || !srp.succeeded) return FAIL;
  if (password === void 0) return nextChallenge("PASSWORD_VERIFIER");
  if (password.challengeName !== "PASSWORD_VERIFIER" || !password.succeeded || !userExists) return FAIL;
  return afterPassword(rest, userStatus, maxRounds);
};
var afterPassword = (entries, userStatus, maxRounds) => {
  const firstRound = entries.findIndex(({ challengeName }) => challengeName === "CUSTOM_CHALLENGE");
  const between = firstRound < 0 ? entries : entries.slice(0, firstRound);
  const rounds = firstRound < 0 ? [] : entries.slice(firstRound);
  const expected = ({ challengeName, succeeded }) => succeeded && (challengeName === "NEW_PASSWORD_REQUIRED" || POOL_MFA.includes(challengeName));
  if (!between.every(expected)) return FAIL;
  if (rounds.length === 0) {
    const changed = between.some(({ challengeName }) => challengeName === "NEW_PASSWORD_REQUIRED");
    return NEEDS_NEW_PASSWORD.includes(userStatus) && !changed ? nextChallenge("NEW_PASSWORD_REQUIRED") : nextChallenge("CUSTOM_CHALLENGE");
  }
  return afterRounds(rounds, maxRounds);
};
var afterRounds = (rounds, maxRounds) => {
  const last = rounds.at(-1);
  const refused = rounds.slice(0, -1);
  const isRound = ({ challengeName }) => challengeName === "CUSTOM_CHALLENGE";
  if (!rounds.every(isRound) || refused.some(({ succeeded }) => succeeded)) return FAIL;
  if (last?.succeeded) return last.challengeId === void 0 ? FAIL : ISSUE_TOKENS;
  return rounds.length < maxRounds ? nextChallenge("CUSTOM_CHALLENGE") : FAIL;
};

// services/define-auth-challenge/handler.ts
var config = readConfig(envSchema, process.env);
var handler = withBoundary(
  "define-auth-challenge",
  async (event) => {
    const session = readSession(event.request.session);
    const user = readUser(event.request);
    const userStatus = event.request.userAttributes?.["cognito:user_status"];
    const step = decideNextStep({ session, userStatus, userExists: user !== void 0 }, config.MAX_ROUNDS);
    const outcome = step.kind === "challenge" ? step.challengeName : step.kind;
    return {
      result: writeNextStep(event, step),
      report: { outcome, challengeId: session.at(-1)?.challengeId, round: session.length }
    };
  }
);
export {
  handler
};
