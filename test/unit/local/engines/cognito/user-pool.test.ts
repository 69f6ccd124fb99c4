/** The user pool as the AWS SDK sees it, over HTTP. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  GetUserCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, onTestFinished, test } from 'vitest';
import { AwsError, type JsonObject } from '../../../../../local/ground/service.ts';
import {
  ANSWER,
  addUser,
  awsError,
  createFixture,
  EMAIL,
  type Fixture,
  INCORRECT,
  provePassword,
  signIn,
} from './fixture.ts';

const COMMANDS = {
  AdminCreateUser: AdminCreateUserCommand,
  AdminSetUserPassword: AdminSetUserPasswordCommand,
  GetUser: GetUserCommand,
  InitiateAuth: InitiateAuthCommand,
  RespondToAuthChallenge: RespondToAuthChallengeCommand,
};

const serve = async ({ operations }: Fixture) => {
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    try {
      const result = await operations[operation]?.((await json(request)) as JsonObject);
      response.end(JSON.stringify(result));
    } catch (error) {
      const { code, status, message } = error as AwsError;
      response.writeHead(status).end(JSON.stringify({ __type: code, message }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A `call` that goes through the SDK and turns its exceptions into AwsErrors again. */
const connect = async (fixture: Fixture): Promise<Pick<Fixture, 'call'>> => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new CognitoIdentityProviderClient({
    region: 'eu-central-1',
    endpoint: await serve(fixture),
    credentials,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return {
    call: async (operation, input) => {
      const Command = COMMANDS[operation as keyof typeof COMMANDS] as unknown as typeof GetUserCommand;
      try {
        return (await client.send(new Command(input as never))) as unknown as JsonObject;
      } catch (error) {
        const { name, message } = error as Error;
        throw new AwsError(name, message);
      }
    },
  };
};

test('the SDK creates a user and signs in', async () => {
  const remote = await connect(createFixture());
  const user = await addUser(remote);

  const { AccessToken } = await signIn(remote);

  expect(user.UserCreateDate).toBeInstanceOf(Date);
  expect(await remote.call('GetUser', { AccessToken })).toMatchObject({ Username: user.Username });
});

test('after five wrong passwords the right one is refused for a second, and no code was ordered', async () => {
  const fixture = createFixture();
  fixture.clock.adjust({ rate: 0.001 });
  const remote = await connect(fixture);
  await addUser(remote);

  for (let attempt = 0; attempt < 5; attempt += 1) {
    await expect(provePassword(remote, { password: `Wrong-Horse-${attempt}` })).rejects.toMatchObject(
      INCORRECT,
    );
  }

  await expect(provePassword(remote)).rejects.toMatchObject(
    awsError('NotAuthorizedException', 'Password attempts exceeded'),
  );
  expect(fixture.triggers()).not.toContain('CreateAuthChallenge');
  fixture.clock.adjust({ offsetMs: 1000 });
  expect(await provePassword(remote)).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
}, 30_000);

test('a stranger is kept out after as many wrong passwords as a user', async () => {
  const fixture = createFixture();
  fixture.clock.adjust({ rate: 0.001 });
  const refusals: string[] = [];

  for (let attempt = 0; attempt < 6; attempt += 1) {
    const refused = (error: Error) => void refusals.push(error.message);
    await provePassword(fixture, { username: 'nobody@example.com' }).catch(refused);
  }

  expect(refusals.slice(4)).toEqual(['Incorrect username or password.', 'Password attempts exceeded']);
});

test('of two answers sent at the same time the SDK sees one accepted', async () => {
  const remote = await connect(createFixture());
  await addUser(remote);
  const { ChallengeName, Session } = await provePassword(remote);
  const answer = {
    ClientId: 'client1234567890',
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: EMAIL, ANSWER },
  };

  const outcomes = await Promise.allSettled([1, 2].map(() => remote.call('RespondToAuthChallenge', answer)));

  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'NotAuthorizedException' },
  });
});
