/** Every function with the environment that it needs, an event as it really comes, and the responses that it may return. */
import { expect } from 'vitest';
import { writeAttachment } from '../../../../shared/deployment/attachment.ts';
import { writePrivateParameters } from '../../../../shared/messages/private-parameters.ts';
import { writeSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import { writeMailFile } from '../../../support/mail/mail-settings.ts';
import { aFeedback, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { ADDRESS, CODE, REF } from './engines.ts';

interface Fuzzed {
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
  /** The texts that are planted in events; by default every secret. */
  readonly planted?: readonly string[];
  /** Fails unless the function may return this for this event. */
  readonly expectAllowed: (answer: unknown, event: unknown) => void;
}

const TABLE = { TABLE_NAME: 'challenges', METRICS_NAMESPACE: 'EmailOtp' };
const SRP = { challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null };
const PASSWORD = { ...SRP, challengeName: 'PASSWORD_VERIFIER' };
const ROUND = {
  challengeName: 'CUSTOM_CHALLENGE',
  challengeResult: true,
  challengeMetadata: writeSessionMetadata({ challengeId: REF.challengeId, afterStatus: false }),
};

const anEvent = (request: Readonly<Record<string, unknown>>) => ({
  version: '1',
  region: 'us-east-1',
  userName: 'alice',
  callerContext: { clientId: 'client-1' },
  request: {
    userAttributes: { sub: REF.userId, email: ADDRESS, 'cognito:user_status': 'CONFIRMED' },
    userNotFound: false,
    clientMetadata: {
      action: 'answer',
      ipAddress: '192.0.2.1',
      userAgent: `Browser of ${ADDRESS}, code ${CODE}`,
    },
    ...request,
  },
  response: {},
});

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, name) => fieldsOf(inner)[name], value);

/** Expects the event to come back unchanged except for the response, and returns that. */
const responseOf = (answer: unknown, event: unknown): Fields => {
  const response = fieldsOf(at(answer, 'response'));
  expect(answer).toEqual({ ...(event as object), response });
  return response;
};

const isRight = (entry: unknown, name: string) =>
  at(entry, 'challengeName') === name && at(entry, 'challengeResult') === true;

const expectStep = (answer: unknown, event: unknown): void => {
  const { issueTokens, failAuthentication, challengeName } = responseOf(answer, event);
  expect(
    [issueTokens, failAuthentication, challengeName !== undefined].filter((it) => it === true),
  ).toHaveLength(1);
  expect([undefined, 'PASSWORD_VERIFIER', 'NEW_PASSWORD_REQUIRED', 'CUSTOM_CHALLENGE']).toContain(
    challengeName,
  );
  if (issueTokens !== true) return;
  const session = at(event, 'request', 'session') as readonly unknown[];
  expect(isRight(session[0], 'SRP_A') && isRight(session[1], 'PASSWORD_VERIFIER')).toBe(true);
  expect(isRight(session.at(-1), 'CUSTOM_CHALLENGE')).toBe(true);
  expect(at(session.at(-1), 'challengeMetadata')).toMatch(/^challenge-[0-9a-f-]{36}$/);
};

const expectChallenge = (answer: unknown, event: unknown): void => {
  const response = responseOf(answer, event);
  const { publicChallengeParameters, privateChallengeParameters, challengeMetadata } = response;
  for (const parameters of [publicChallengeParameters, privateChallengeParameters]) {
    expect(Object.values(fieldsOf(parameters)).every((value) => typeof value === 'string')).toBe(true);
  }
  const mark = at(event, 'request', 'clientMetadata', 'action') === 'status' ? '~?' : '';
  expect(challengeMetadata).toMatch(
    new RegExp(`^challenge-${fieldsOf(privateChallengeParameters).challengeId}${mark}$`),
  );
  expect(JSON.stringify(response)).not.toMatch(new RegExp(`${CODE}|${ADDRESS}`));
};

/** Expects that the code is right for its own user and challenge only. */
const expectVerdict = (answer: unknown, event: unknown): void => {
  const { answerCorrect, ...more } = responseOf(answer, event);
  expect(more).toEqual({});
  if (answerCorrect === false) return;
  expect(answerCorrect).toBe(true);
  // The code may stand in quotes, but not in a longer number.
  expect(at(event, 'request', 'challengeAnswer')).toEqual(expect.stringMatching(`^\\D*${CODE}\\D*$`));
  expect(at(event, 'request', 'userAttributes', 'sub')).toBe(REF.userId);
  expect(at(event, 'request', 'privateChallengeParameters', 'challengeId')).toBe(REF.challengeId);
  expect(at(event, 'request', 'userNotFound')).not.toBe(true);
  expect(['resend', 'status']).not.toContain(at(event, 'request', 'clientMetadata', 'action'));
  expect(at(event, 'callerContext', 'clientId')).toEqual(expect.any(String));
};

/** No challenge is verified, so only a refresh may pass. */
const expectRefresh = (answer: unknown, event: unknown): void => {
  const response = responseOf(answer, event);
  expect(at(event, 'triggerSource')).toBe('TokenGeneration_RefreshTokens');
  expect(at(response, 'claimsOverrideDetails', 'claimsToAddOrOverride', 'email_otp')).toBe('refreshed');
};

const expectDelivered = (answer: unknown): void =>
  expect(answer).toEqual({
    kind: 'sent',
    messageId: 'message-1',
    sentAt: expect.stringMatching(/^\d{4}-/),
    try: expect.any(Number),
  });

const expectNothing = (answer: unknown): void => expect(answer).toBeUndefined();

export const FUZZED: Readonly<Record<string, Fuzzed>> = {
  'define-auth-challenge': {
    environment: {},
    event: anEvent({ session: [SRP, PASSWORD, { ...ROUND, challengeResult: false }, ROUND] }),
    expectAllowed: expectStep,
  },
  'create-auth-challenge': {
    environment: {
      ...TABLE,
      STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:Delivery',
      ADDRESS_KEY_SECRET_ARN: 'arn:address-key',
      REQUIRE_VERIFIED_EMAIL: 'false',
      SESSION_VALIDITY_SECONDS: '900',
    },
    event: anEvent({ session: [PASSWORD, { ...ROUND, challengeResult: false }] }),
    expectAllowed: expectChallenge,
  },
  'verify-auth-challenge': {
    environment: { ...TABLE, ADDRESS_KEY_SECRET_ARN: 'arn:address-key', KEY_SECRET_ARN: 'arn:secret' },
    event: anEvent({
      privateChallengeParameters: writePrivateParameters({
        challengeId: REF.challengeId,
        round: 'round-1',
        attempts: 0,
      }),
      challengeAnswer: CODE,
    }),
    expectAllowed: expectVerdict,
  },
  'guard-tokens': {
    environment: TABLE,
    event: { triggerSource: 'TokenGeneration_Authentication', ...anEvent({}) },
    expectAllowed: expectRefresh,
  },
  'deliver-code': {
    environment: {
      ...TABLE,
      ADDRESS_KEY_SECRET_ARN: 'arn:address-key',
      KEY_SECRET_ARN: 'arn:secret',
      CONFIGURATION_SET,
      EMAIL_SENDER: 'otp@example.com',
      MAIL_FILE: writeMailFile(),
    },
    event: { ...REF, delivery: 1, email: ADDRESS, locale: 'de', execution: 'execution-1', retries: 0 },
    expectAllowed: expectDelivered,
  },
  'record-feedback': {
    environment: { ...TABLE, CONFIGURATION_SET },
    event: aFeedback('Delivery', {
      tags: { user: [REF.userId], challenge: [REF.challengeId] },
      detail: { smtpResponse: `250 <${ADDRESS}> OK`, processingTimeMillis: 812 },
    }),
    // A code in the place of SES's message id would be logged as a message id, so no codes are planted.
    planted: [ADDRESS],
    expectAllowed: expectNothing,
  },
  'attach-pool': {
    environment: { ...TABLE, UNDO_PARAMETER: '/email-otp/shop' },
    event: {
      RequestType: 'Update',
      ResponseURL: 'https://cloudformation.example.com/answer?signature=s',
      StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1',
      RequestId: 'request-2',
      LogicalResourceId: 'Attachment',
      PhysicalResourceId: 'us-east-1_Shop',
      ResourceProperties: {
        ...writeAttachment({
          userPoolId: 'us-east-1_Shop',
          triggers: {
            DefineAuthChallenge: 'arn:define',
            CreateAuthChallenge: 'arn:create',
            VerifyAuthChallengeResponse: 'arn:verify',
            PreTokenGeneration: 'arn:guard',
          },
          eventVersion: 'V1_0',
          codeSeconds: 300,
          replace: [],
          accept: [],
          reporting: {},
        }),
      },
    },
    expectAllowed: expectNothing,
  },
  'sweep-challenges': {
    environment: TABLE,
    event: { source: 'aws.events', detail: {} },
    expectAllowed: expectNothing,
  },
};
