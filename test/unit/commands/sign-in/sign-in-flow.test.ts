import 'aws-sdk-client-mock-vitest/extend';
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  InvalidPasswordException,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
  TooManyRequestsException,
  UserLambdaValidationException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { CodeNews } from '../../../../client/news.ts';
import { type Person, signIn } from '../../../../commands/sign-in/sign-in-flow.ts';
import { type CodeChallenge, writePublicParameters } from '../../../../shared/messages/public-parameters.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const client = new CognitoIdentityProviderClient({ region: 'eu-west-1' });
const cognito = mockClient(client);

const CREDENTIALS = {
  poolId: 'eu-west-1_AbCdEfGhI',
  clientId: 'client',
  username: 'alice@example.com',
  password: 'correct-horse',
};
/** The service's clock; this machine's is years away. */
const NOW = new Date(2025, 0, 15, 12).getTime();
const CLOCK = { now: () => NOW, compare: async () => {} };
const TOKENS = { AccessToken: 'access', IdToken: 'id' };
const PASSWORD = {
  ChallengeName: 'PASSWORD_VERIFIER',
  Session: 'session-0',
  ChallengeParameters: {
    SALT: 'a1',
    SRP_B: 'b2',
    SECRET_BLOCK: 'c3c3',
    USERNAME: 'sub-of-alice',
    USER_ID_FOR_SRP: 'sub-of-alice',
  },
} as const;
const code = (round: number, parameters: Readonly<Record<string, string>> = {}) =>
  ({
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session: `session-${round}`,
    ChallengeParameters: { USERNAME: 'sub-of-alice', ...parameters },
  }) as const;

const NEW_PASSWORD_DUE = {
  ...code(1, { USER_ID_FOR_SRP: 'sub-of-alice' }),
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
} as const;

const $metadata = {};
const notAuthorized = (message: string) => new NotAuthorizedException({ message, $metadata });
const denied = notAuthorized('Incorrect username or password.');
const expired = notAuthorized('Invalid session for the user, session is expired.');

/** A person who gives these codes in turn or asks for another mail or for its status, and gives these new passwords. */
const aPerson = (codes: readonly string[], passwords: readonly string[] = []) => {
  const [code, password] = [codes.values(), passwords.values()];
  const told: (readonly [CodeChallenge, CodeNews])[] = [];
  return {
    /** How the step was each time before something was given. */
    told,
    code: async (step) => {
      for (;;) {
        const { state } = step;
        if (state.kind !== 'code') return state;
        told.push([state.challenge, state.news]);
        const given = code.next().value ?? expect.unreachable('no more codes');
        if (given === 'resend') await step.resend();
        else await (given === 'status' ? step.askStatus() : step.answer(given));
      }
    },
    isTyping: () => false,
    newPassword: vi.fn<Person['newPassword']>(
      async () => password.next().value ?? expect.unreachable('no more passwords'),
    ),
  } satisfies Person & Record<string, unknown>;
};

/** Sets Cognito's response to the password and to each answer after it. */
const answering = (...answers: readonly (object | Error)[]) => {
  const behaviour = cognito.on(RespondToAuthChallengeCommand);
  for (const answer of answers) {
    if (answer instanceof Error) behaviour.rejectsOnce(answer);
    else behaviour.resolvesOnce(answer);
  }
};

const responses = () => cognito.commandCalls(RespondToAuthChallengeCommand).map(({ args }) => args[0].input);

beforeEach(() => {
  cognito.reset();
  cognito.on(InitiateAuthCommand).resolves(PASSWORD);
});

describe('a sign-in', () => {
  test('proves the password without sending it, and gives the tokens for the code', async () => {
    answering(code(1), { AuthenticationResult: TOKENS });

    const result = await signIn(client, CREDENTIALS, aPerson(['123456']), CLOCK);

    expect(result).toEqual({ kind: 'signedIn', tokens: TOKENS });
    const [proof, answer] = responses();
    expect(proof).toMatchObject({
      ChallengeName: 'PASSWORD_VERIFIER',
      Session: 'session-0',
      ChallengeResponses: { USERNAME: 'sub-of-alice', PASSWORD_CLAIM_SIGNATURE: expect.any(String) },
    });
    expect(JSON.stringify(cognito.calls().map(({ args }) => args[0].input))).not.toContain('correct-horse');
    expect(answer).toEqual({
      ClientId: 'client',
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: 'session-1',
      ChallengeResponses: { USERNAME: 'sub-of-alice', ANSWER: '123456' },
      ClientMetadata: {},
    });
  });

  test('asks in each round anew, and says what came of the one before', async () => {
    const challenge = aCodeChallenge(NOW, { resendAt: NOW, statusesLeft: 12 });
    const wrong = { ...challenge, status: 'SAME', attemptsLeft: 4 } as const;
    const mailed = { ...wrong, deliveryNumber: 2 };
    const arrived = { ...mailed, delivery: 'DELIVERED' } as const;
    const person = aPerson(['000000', 'resend', 'status', '123456']);
    answering(
      code(1, writePublicParameters(challenge)),
      code(2, writePublicParameters(wrong)),
      code(3, writePublicParameters(mailed)),
      code(4, writePublicParameters(arrived)),
      { AuthenticationResult: TOKENS },
    );

    await signIn(client, CREDENTIALS, person, CLOCK);

    expect(person.told).toEqual([
      [challenge, { kind: 'codeAsked' }],
      [wrong, { kind: 'wrongCode' }],
      [mailed, { kind: 'mailOrdered', newCode: false, another: false }],
      [arrived, { kind: 'mailStatus' }],
    ]);
    expect(responses().map(({ Session, ClientMetadata }) => [Session, ClientMetadata])).toEqual([
      ['session-0', undefined],
      ['session-1', {}],
      ['session-2', { action: 'resend' }],
      ['session-3', { action: 'status' }],
      ['session-4', {}],
    ]);
  });

  test('lets the user choose a new password until the pool takes one', async () => {
    const person = aPerson(['123456'], ['short', 'long-enough-7']);
    const refused = new InvalidPasswordException({ message: 'Password not long enough', $metadata });
    answering(NEW_PASSWORD_DUE, refused, code(2), { AuthenticationResult: TOKENS });

    const result = await signIn(client, CREDENTIALS, person, CLOCK);

    expect(result.kind).toBe('signedIn');
    expect(person.newPassword.mock.calls).toEqual([[undefined], ['The password is too short.']]);
    expect(responses()[2]?.ChallengeResponses).toEqual({
      USERNAME: 'sub-of-alice',
      NEW_PASSWORD: 'long-enough-7',
    });
  });

  test('goes by the name that was typed where Cognito gives no other', async () => {
    const { USERNAME, ...parameters } = PASSWORD.ChallengeParameters;
    cognito.on(InitiateAuthCommand).resolves({ ...PASSWORD, ChallengeParameters: parameters });
    const due = { ChallengeName: 'NEW_PASSWORD_REQUIRED' };
    answering(due, { ChallengeName: 'CUSTOM_CHALLENGE' }, { AuthenticationResult: TOKENS });

    await signIn(client, CREDENTIALS, aPerson(['123456'], ['long-enough-7']), CLOCK);

    const names = responses().map(({ ChallengeResponses }) => ChallengeResponses?.USERNAME);
    expect(names).toEqual(Array.from({ length: 3 }, () => 'alice@example.com'));
  });
});

describe('a sign-in is refused', () => {
  test.each([
    ['the password is wrong', [denied], 'The email address or the password is not right.'],
    [
      'choosing a password took too long',
      [NEW_PASSWORD_DUE, expired],
      'The sign-in has ended because it took too long. Please sign in again.',
    ],
    [
      'there were too many codes',
      [code(1), denied],
      'The sign-in has ended: too many tries, those for a new mail included. Please sign in again.',
    ],
    [
      'a trigger has a reason',
      [
        new UserLambdaValidationException({
          message: 'CreateAuthChallenge failed with error Your account has no email address.',
          $metadata,
        }),
      ],
      'The service refuses the sign-in and says: Your account has no email address.',
    ],
    [
      'the user is locked, from a time that is today by the service’s clock',
      [
        code(1),
        new UserLambdaValidationException({
          message: `CreateAuthChallenge failed with error Too many wrong codes. [LOCKED until ${new Date(NOW + 60_000).toISOString()}].`,
          $metadata,
        }),
      ],
      expect.stringContaining('You can sign in again from 12:01 on.'),
    ],
    [
      'the user is disabled',
      [notAuthorized('User is disabled.')],
      'This account is disabled. Ask whoever looks after it.',
    ],
    [
      'the temporary password has expired',
      [notAuthorized('Temporary password has expired and must be reset by an administrator.')],
      'Your temporary password has expired. Ask for a new one.',
    ],
    [
      'Cognito is busy',
      [new TooManyRequestsException({ message: 'Rate exceeded', $metadata })],
      'The service is busy. Wait a moment, then try again.',
    ],
    [
      'the pool asks for what this client cannot do',
      [{ ...code(1), ChallengeName: 'SMS_MFA' }],
      'This user pool asks for something that is not known here (SMS_MFA).',
    ],
  ])('with the reason where %s', async (_, answers, reason) => {
    answering(...answers);

    const result = await signIn(client, CREDENTIALS, aPerson(['000000'], ['long-enough-7']), CLOCK);

    expect(result).toEqual({ kind: 'refused', reason });
  });
});
