/** The SDK's client on a Cognito in memory: requests and responses are the JSON that goes over the wire. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError, type JsonObject } from '../../../local/ground/service.ts';
import { MEMORY_REGION, type MemoryCognito } from './memory-cognito.ts';

/** One call as the SDK has sent it. */
export interface SentCall {
  readonly operation: string;
  readonly input: JsonObject;
}

export interface MemoryClient {
  readonly client: CognitoIdentityProviderClient;
  /** In order, those that failed too. */
  readonly calls: readonly SentCall[];
}

const answer = (statusCode: number, body: JsonObject) => ({
  response: {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: new TextEncoder().encode(JSON.stringify(body)),
  },
});

/** `before` runs before each call; what it throws is the answer, or, if it is no AwsError, a broken connection. */
export const createMemoryClient = (
  cognito: Pick<MemoryCognito, 'call'>,
  before: (call: SentCall) => Promise<void> | void = () => {},
): MemoryClient => {
  const calls: SentCall[] = [];
  const handle = async ({ headers, body }: { headers: Record<string, string>; body?: Uint8Array }) => {
    const [, operation = ''] = (headers['x-amz-target'] ?? '').split('.');
    const sent = { operation, input: JSON.parse(new TextDecoder().decode(body)) as JsonObject };
    calls.push(sent);
    try {
      await before(sent);
      return answer(200, await cognito.call(operation, sent.input));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return answer(error.status, { __type: error.code, message: error.message });
    }
  };
  const client = new CognitoIdentityProviderClient({
    region: MEMORY_REGION,
    maxAttempts: 1,
    credentials: { accessKeyId: 'memory', secretAccessKey: 'memory' },
    requestHandler: { handle },
  });
  return { client, calls };
};
