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
import { type CodeReply, type Person, signIn } from '../../../../commands/sign-in/sign-in-flow.ts';
import { writePublicParameters } from '../../../../shared/messages/public-parameters.ts';
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
const denied = new NotAuthorizedException({ message: 'Incorrect username or password.', $metadata });
const expired = new NotAuthorizedException({
  message: 'Invalid session for the user, session is expired.',
  $metadata,
});

/** A person who gives these replies in turn, and these new passwords. */
const aPerson = (replies: readonly CodeReply[], passwords: readonly string[] = []) => {
  const [reply, password] = [replies.values(), passwords.values()];
  return {
    code: vi.fn<Person['code']>(async () => reply.next().value ?? expect.unreachable('no more codes')),
    newPassword: vi.fn<Person['newPassword']>(
      async () => password.next().value ?? expect.unreachable('no more passwords'),
    ),
  };
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

    const result = await signIn(client, CREDENTIALS, aPerson([{ answer: '123456' }]), CLOCK);

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
    });
  });

  test('asks in each round anew, and says what was replied in the one before', async () => {
    const challenge = aCodeChallenge(Date.parse('2026-03-02T10:00:00Z'));
    const person = aPerson([{ answer: '000000' }, 'resend', 'status', { answer: '123456' }]);
    answering(
      code(1, writePublicParameters(challenge)),
      code(2, writePublicParameters({ ...challenge, attemptsLeft: 4 })),
      code(3, writePublicParameters({ ...challenge, deliveryNumber: 2 })),
      code(4, writePublicParameters({ ...challenge, deliveryNumber: 2, delivery: 'DELIVERED' })),
      { AuthenticationResult: TOKENS },
    );

    await signIn(client, CREDENTIALS, person, CLOCK);

    expect(person.code.mock.calls).toEqual([
      [challenge, undefined],
      [{ ...challenge, attemptsLeft: 4 }, { answer: '000000' }],
      [{ ...challenge, deliveryNumber: 2 }, 'resend'],
      [{ ...challenge, deliveryNumber: 2, delivery: 'DELIVERED' }, 'status'],
    ]);
    expect(responses().map(({ Session, ClientMetadata }) => [Session, ClientMetadata])).toEqual([
      ['session-0', undefined],
      ['session-1', undefined],
      ['session-2', { action: 'resend' }],
      ['session-3', { action: 'status' }],
      ['session-4', undefined],
    ]);
  });

  test('lets the user choose a new password until the pool takes one', async () => {
    const person = aPerson([{ answer: '123456' }], ['short', 'long-enough-7']);
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

    await signIn(client, CREDENTIALS, aPerson([{ answer: '123456' }], ['long-enough-7']), CLOCK);

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
      'The sign-in has ended: too many tries, those for another mail included. Please sign in again.',
    ],
    [
      'a trigger has a reason',
      [
        new UserLambdaValidationException({
          message: 'CreateAuthChallenge failed with error Your account has no email address.',
          $metadata,
        }),
      ],
      'Your account has no email address.',
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
      [new NotAuthorizedException({ message: 'User is disabled.', $metadata })],
      'This account is disabled. Ask whoever looks after it.',
    ],
    [
      'the temporary password has expired',
      [
        new NotAuthorizedException({
          message: 'Temporary password has expired and must be reset by an administrator.',
          $metadata,
        }),
      ],
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

    const result = await signIn(
      client,
      CREDENTIALS,
      aPerson([{ answer: '000000' }], ['long-enough-7']),
      CLOCK,
    );

    expect(result).toEqual({ kind: 'refused', reason });
  });
});

test('every other failure is thrown on', async () => {
  const failure = new Error('socket hang up');
  answering(NEW_PASSWORD_DUE, failure);

  await expect(signIn(client, CREDENTIALS, aPerson([], ['long-enough-7']), CLOCK)).rejects.toBe(failure);
});
