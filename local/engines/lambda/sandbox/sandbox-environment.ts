/** Makes a function's environment: the declared variables and those that Lambda sets. Nothing is inherited. */
import type { LocalFunction } from '../local-function.ts';

/** Returns the access key id of a function's calls to the endpoint. */
const accessKeyIdOf = (functionName: string): string => `LOCAL-${functionName}`;

/** `extra` is the same for all functions, for instance the endpoint's URL; `sessionToken` is only for this process. */
export const sandboxEnvironment = (
  { name, arn, codeFolder, handler, runtime, environment, memoryMb }: LocalFunction,
  extra: Readonly<Record<string, string>>,
  sessionToken: string,
): Record<string, string> => {
  const region = arn.split(':')[3] ?? '';
  return {
    ...extra,
    ...environment,
    PATH: process.env.PATH ?? '',
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    // This folder does not exist, as on Lambda: the SDK must not read the developer's own profiles.
    HOME: '/home/sbx_user1051',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyIdOf(name),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: sessionToken,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: codeFolder,
    _HANDLER: handler,
  };
};
