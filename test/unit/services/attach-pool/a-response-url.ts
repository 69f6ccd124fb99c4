/** What CloudFormation has for answers: a URL that is signed for one request. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const read = async (request: IncomingMessage): Promise<Answer> => {
  const body = await text(request);
  const { method, headers } = request;
  return {
    method,
    contentType: headers['content-type'],
    bytes: Buffer.byteLength(body),
    body: JSON.parse(body),
  };
};

/** Fails the first `failures` requests with 500. Ends with the scope that has it. */
export const aResponseUrl = async (failures = 0) => {
  const answers: Answer[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    const answer = await read(request);
    if (requests > failures) answers.push(answer);
    response.writeHead(requests > failures ? 200 : 500).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    answers,
    requests: () => requests,
    asked: {
      ResponseURL: `http://127.0.0.1:${port}/answer?signature=s`,
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/1',
      RequestId: 'request-2',
      LogicalResourceId: 'EmailOtpAttachPool',
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
