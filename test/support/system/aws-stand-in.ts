/** CloudFormation, STS, another service and the local system's clock on one port, for tests of code that connects to them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NOW } from '../table/challenges.ts';

/** AWS's time in these tests, which is years before the machine's. */
const AWS_TIME = 'Wed, 15 Jan 2025 12:00:00 GMT';

export const LOCAL_NOW = NOW + 1;

/** The access key of whoever runs the code. */
export const OWN_KEY = 'AKIAADMINISTRATOR';
/** That of the role which is assumed. */
export const ROLE_KEY = 'ASIAROLE';

const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>${ROLE_KEY}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
  <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

const refusal = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

const DENIED = refusal('AccessDenied', 'User: a is not authorized to perform: sts:AssumeRole on resource: r');
const NO_STACK = refusal('ValidationError', 'Stack with id EmailOtp does not exist');
const NO_DESCRIBE = refusal('AccessDenied', 'User is not authorized');

const describeStack = (outputs: Readonly<Record<string, string>>): string => {
  const members = Object.entries(outputs).map(
    ([name, value]) => `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>
    <member><StackName>EmailOtp</StackName><CreationTime>2025-01-15T12:00:00Z</CreationTime>
    <StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member>
    </Stacks></DescribeStacksResult></DescribeStacksResponse>`;
};

interface Received {
  readonly body: string;
  readonly accessKey: string | undefined;
}

export interface AwsStandIn extends Disposable {
  readonly endpoint: string;
  /** The calls so far, without those for the stack's outputs and for the clock. */
  readonly received: readonly Received[];
  stack: 'there' | 'missing' | 'denied';
  outputs: Readonly<Record<string, string>>;
  mayAssume: boolean;
  /** The other service's HTTP status. */
  status: number;
  saysTime: boolean;
  /** AWS's time, as a header says it. */
  time: string;
  /** The response at the path of the local system's clock. */
  clock: string;
}

/** `answer` is the other service's response to each call. */
export const startAwsStandIn = async (answer: object = {}): Promise<AwsStandIn> => {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.sendDate = false;
    if (standIn.saysTime) response.setHeader('date', standIn.time);
    if (request.url === '/_local/clock.json') return response.end(standIn.clock);
    if (body.includes('Action=DescribeStacks')) {
      if (standIn.stack === 'missing') return response.writeHead(400).end(NO_STACK);
      if (standIn.stack === 'denied') return response.writeHead(403).end(NO_DESCRIBE);
      return response.end(describeStack(standIn.outputs));
    }
    const [, accessKey] = /Credential=(\w+)\//.exec(request.headers.authorization ?? '') ?? [];
    received.push({ body, accessKey });
    if (!body.includes('Action=AssumeRole')) {
      return response.writeHead(standIn.status).end(JSON.stringify(answer));
    }
    return standIn.mayAssume ? response.end(ASSUMED) : response.writeHead(403).end(DENIED);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const standIn: AwsStandIn = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    stack: 'there',
    outputs: {},
    mayAssume: true,
    status: 200,
    saysTime: true,
    time: AWS_TIME,
    clock: JSON.stringify({ now: LOCAL_NOW, rate: 1 }),
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return standIn;
};

/** Environment variables for `vi.stubEnv`, with which every AWS client calls it as an administrator. */
export const environmentFor = ({ endpoint }: AwsStandIn): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: OWN_KEY,
  AWS_SECRET_ACCESS_KEY: 'secret',
});
