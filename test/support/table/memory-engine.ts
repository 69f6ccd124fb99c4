/** The table in memory behind the SDK's own client: requests and answers are those of DynamoDB's protocol, without a network. */
import { type DynamoDBClientConfig, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { applyOperation, NO_ITEMS } from './memory-table.ts';

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const response = (statusCode: number, body: object) => ({
  response: { statusCode, headers: {}, body: Buffer.from(JSON.stringify(body)) },
});

/** A handler of requests to one empty table of its own. */
export const aMemoryEngine = (): NonNullable<DynamoDBClientConfig['requestHandler']> => {
  let items = NO_ITEMS;
  return {
    handle: async ({ headers, body }: Request) => {
      const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
      try {
        const applied = applyOperation(items, operation, JSON.parse(new TextDecoder().decode(body)));
        items = applied.items;
        return response(200, applied.output);
      } catch (error) {
        if (!(error instanceof DynamoDBServiceException)) throw error;
        return response(400, { __type: error.name, message: error.message });
      }
    },
    destroy: () => {},
  };
};
