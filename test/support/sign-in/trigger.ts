/** Calls a Lambda function as its runtime does: first the environment, then the module, then events. */
import type { Context } from 'aws-lambda';
import { vi } from 'vitest';
import { limitsReadBy } from '../../../shared/domain/limits.ts';
import { variableName } from '../../../shared/lambda/config.ts';
import { DEFAULT_LIMITS } from '../table/challenges.ts';

export const CONTEXT = {
  functionName: 'trigger',
  awsRequestId: 'request-1',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:trigger',
  functionVersion: '$LATEST',
  getRemainingTimeInMillis: () => 50_000,
} as Context;

type Handler = (event: unknown, context: Context) => Promise<unknown>;

const limitVariables = (service: string) =>
  Object.fromEntries(limitsReadBy(service).map((name) => [variableName(name), String(DEFAULT_LIMITS[name])]));

/** The handler of a service, started with this environment and the default limits. Its log does not appear in the test's output. */
export const loadHandler = async (
  service: string,
  environment: Readonly<Record<string, string>>,
): Promise<(event: unknown, context?: Context) => Promise<unknown>> => {
  vi.resetModules();
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  const variables = { ...limitVariables(service), ...environment };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  try {
    const module = (await import(`../../../services/${service}/handler.ts`)) as { readonly handler: Handler };
    return (event, context = CONTEXT) => module.handler(event, context);
  } finally {
    vi.unstubAllEnvs();
  }
};
