// What the tests ask of the local system: users, mails, faults. It takes requests without a signature.
import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { LOCAL } from './addresses.ts';

const succeed = async (request: Promise<Response>): Promise<Response> => {
  const response = await request;
  if (!response.ok) throw new Error(await response.text());
  return response;
};

const local = async (path: string) => (await succeed(fetch(`${LOCAL}/_local/${path}`))).json();

const cognito = (operation: string, input: object) =>
  succeed(
    fetch(LOCAL, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(input),
    }),
  );

export interface User {
  readonly email: string;
  readonly password: string;
}

/** A user of the test's own, so that no lock and no limit of another test meets it. */
export const createUser = async (): Promise<User> => {
  const { userPoolId } = await local('config.json');
  const user = { email: `user-${randomUUID()}@example.com`, password: 'Correct-horse-1' };
  const whose = { UserPoolId: userPoolId, Username: user.email };
  const attributes = [
    { Name: 'email', Value: user.email },
    { Name: 'email_verified', Value: 'true' },
  ];
  await cognito('AdminCreateUser', { ...whose, MessageAction: 'SUPPRESS', UserAttributes: attributes });
  await cognito('AdminSetUserPassword', { ...whose, Password: user.password, Permanent: true });
  return user;
};

/** The mails to a user, oldest first. */
export const mailsTo = ({ email }: User): Promise<readonly { readonly text: string }[]> =>
  local(`inbox.json?to=${encodeURIComponent(email)}`);

/** The code of the user's nth mail, as soon as it is there. */
export const codeOf = async (user: User, n = 1): Promise<string> => {
  await expect.poll(async () => (await mailsTo(user)).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(n);
  const mails = await mailsTo(user);
  const [code] = /^\d+$/m.exec(mails[n - 1]?.text ?? '') ?? [];
  return code ?? '';
};

/** Sets these faults; `/_local/fault-table.json` lists all. */
export const setFaults = (faults: Readonly<Record<string, number | boolean>>) =>
  succeed(fetch(`${LOCAL}/_local/faults.json`, { method: 'PUT', body: JSON.stringify(faults) }));
