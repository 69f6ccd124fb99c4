import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { type Person, signIn } from '../../../../commands/sign-in/sign-in-flow.ts';

const client = new CognitoIdentityProviderClient({ region: 'eu-west-1' });
const cognito = mockClient(client);

const CREDENTIALS = {
  poolId: 'eu-west-1_AbCdEfGhI',
  clientId: 'client',
  username: 'alice@example.com',
  password: 'correct-horse',
};
const PASSWORD_ASKED = {
  ChallengeName: 'PASSWORD_VERIFIER',
  Session: 'session-0',
  ChallengeParameters: {
    SALT: 'a1',
    SRP_B: 'b2',
    SECRET_BLOCK: 'c3c3',
    USERNAME: 'alice',
    USER_ID_FOR_SRP: 'alice',
  },
} as const;
const PERSON: Person = {
  code: async (step) => {
    await step.answer('123456');
    return step.state.kind === 'code' ? expect.unreachable() : step.state;
  },
  newPassword: async () => 'long-enough-7',
  isTyping: () => false,
};

test.each([
  ['at the new password', 'NEW_PASSWORD_REQUIRED', 'Error'],
  // At the password it would say that something cannot be right as typed.
  ['at the code', 'CUSTOM_CHALLENGE', 'InvalidParameterException'],
] as const)(
  'a failure that is not known here is thrown on as it came: %s',
  async (_, ChallengeName, name) => {
    const failure = Object.assign(new Error('not known here'), { name });
    cognito.reset();
    cognito.on(InitiateAuthCommand).resolves(PASSWORD_ASKED);
    const asked = { ChallengeName, Session: 'session-1', ChallengeParameters: {} };
    cognito.on(RespondToAuthChallengeCommand).resolvesOnce(asked).rejectsOnce(failure);

    await expect(signIn(client, CREDENTIALS, PERSON)).rejects.toBe(failure);
  },
);
