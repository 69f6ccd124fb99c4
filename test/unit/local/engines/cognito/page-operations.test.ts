import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { isForPages } from '../../../../../local/engines/cognito/page-operations.ts';

type AnyCommand = sdk.GetUserCommand;

const COMMANDS = Object.entries(sdk).flatMap(([name, Command]) =>
  /^[A-Z]\w+Command$/.test(name)
    ? [[name.replace(/Command$/, ''), Command as unknown as new (input: object) => AnyCommand] as const]
    : [],
);

/** Whether the SDK sends this command although there are no credentials. */
const needsNoCredentials = async (Command: new (input: object) => AnyCommand): Promise<boolean> => {
  let sent = false;
  const client = new sdk.CognitoIdentityProviderClient({
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: () => Promise.reject(new Error('no credentials')),
    requestHandler: {
      handle: () => {
        sent = true;
        return Promise.reject(new Error('not really sent'));
      },
    },
  });
  await client.send(new Command({})).catch(() => {});
  return sent;
};

test('pages may call just what AWS’s own client calls without credentials', async () => {
  const open = await Promise.all(
    COMMANDS.map(async ([name, Command]) => ((await needsNoCredentials(Command)) ? [name] : [])),
  );

  const forPages = COMMANDS.filter(([name]) => isForPages(`AWSCognitoIdentityProviderService.${name}`));
  expect(COMMANDS.length).toBeGreaterThan(100);
  expect(forPages.map(([name]) => name)).toEqual(open.flat());
});

test('pages may read the documents with which tokens are verified', () => {
  expect(isForPages('GET /us-east-1_Pool/.well-known/jwks.json')).toBe(true);
  expect(isForPages('GET /us-east-1_Pool/.well-known/openid-configuration')).toBe(true);
});

test.each([
  'AWSStepFunctions.InitiateAuth',
  'AWSCognitoIdentityProviderService.InitiateAuth, AWSCognitoIdentityProviderService.AdminGetUser',
  'AWSCognitoIdentityProviderService.toString',
  'POST /us-east-1_Pool/.well-known/jwks.json',
  'GET /_local/.well-known/../inbox.json',
  'GET /_local/inbox.json?/.well-known/jwks.json',
  'POST /',
])('pages may not call %s', (operation) => {
  expect(isForPages(operation)).toBe(false);
});
