/** Credentials of one of the stack's roles, taken for a few minutes with those of the environment. */
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';

/** `command` names the session, by which CloudTrail tells what the role was taken for. */
export const asRole = (
  settings: { readonly region?: string },
  roleArn: string,
  command: string,
): ReturnType<typeof fromTemporaryCredentials> =>
  fromTemporaryCredentials({
    params: { RoleArn: roleArn, RoleSessionName: command, DurationSeconds: 900 },
    clientConfig: settings,
  });
