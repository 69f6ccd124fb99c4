/** Users with addresses that look well in a screenshot. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { PASSWORD, type TestSystem, type TestUser } from '../system/local-system.ts';

const NAMES: readonly string[] = ['ada', 'ben', 'clara', 'dmitri', 'emre', 'fatima', 'grace', 'hiro', 'ines'];

let created = 0;

/** `ada@example.com`, `ben@example.com` and so on; `ada2@example.com` when the names are used up. */
const nextAddress = (): string => {
  const turn = Math.floor(created / NAMES.length);
  const name = NAMES[created % NAMES.length];
  created += 1;
  return `${name}${turn === 0 ? '' : turn + 1}@example.com`;
};

export const createPerson = async (
  { client, poolId, clientId }: TestSystem,
  {
    temporary = false,
    email = nextAddress(),
  }: { readonly temporary?: boolean; readonly email?: string } = {},
): Promise<TestUser> => {
  const user = { UserPoolId: poolId, Username: email };
  const attributes = { UserAttributes: [{ Name: 'email', Value: email }] };
  await client.send(
    new AdminCreateUserCommand({
      ...user,
      ...attributes,
      MessageAction: 'SUPPRESS',
      TemporaryPassword: PASSWORD,
    }),
  );
  if (!temporary) {
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
  }
  return { email, username: email, password: PASSWORD, poolId, clientId };
};
