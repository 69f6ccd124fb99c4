/** The calls to MiniStack for which the project has no client: its mailbox, EventBridge, Lambda, logs and metrics. */
import type { Ministack } from './ministack.ts';

type Json = Readonly<Record<string, unknown>>;

const TARGETS = { events: 'AWSEvents', logs: 'Logs_20140328' } as const;

/** One call of a JSON API. The signature is false: MiniStack only reads from it which service is called. */
export const call = async (
  { url, clients }: Ministack,
  service: keyof typeof TARGETS,
  operation: string,
  input: Json,
): Promise<Json> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: authorization(clients.credentials.accessKeyId, service),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${TARGETS[service]}.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Json);
};

const authorization = (accessKeyId: string, service: string): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20250101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** Invokes a function asynchronously. */
export const invoke = async ({ url }: Ministack, functionName: string, event: unknown): Promise<void> => {
  const response = await fetch(`${url}/2015-03-31/functions/${functionName}/invocations`, {
    method: 'POST',
    headers: { 'x-amz-invocation-type': 'Event' },
    body: JSON.stringify(event),
  });
  if (response.status !== 202) throw new Error(`Invoke: ${response.status} ${await response.text()}`);
};

/** The names of the metrics that CloudWatch has in a namespace, read by the Query protocol. */
export const metricNames = async (
  { url, clients }: Ministack,
  namespace: string,
): Promise<readonly string[]> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: authorization(clients.credentials.accessKeyId, 'monitoring'),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ Action: 'ListMetrics', Version: '2010-08-01', Namespace: namespace }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`ListMetrics: ${text}`);
  return [...text.matchAll(/<MetricName>([^<]+)/g)].map(([, name = '']) => name);
};

/** All lines of a log group. */
export const logLines = async (ministack: Ministack, logGroupName: string): Promise<readonly string[]> => {
  const { events } = await call(ministack, 'logs', 'FilterLogEvents', { logGroupName });
  return (events as readonly { readonly message: string }[]).map(({ message }) => message);
};

interface Message {
  readonly Source: string;
  readonly To: readonly string[];
  readonly BodyText: string;
}

const messagesTo = async ({ url }: Ministack, address: string): Promise<readonly Message[]> => {
  const response = await fetch(`${url}/_ministack/ses/messages`);
  const { messages } = (await response.json()) as {
    readonly messages: Readonly<Record<string, readonly Message[]>>;
  };
  return Object.values(messages)
    .flat()
    .filter(({ To }) => To.includes(address));
};

/** The texts of the mails to an address, oldest first. */
export const mailsTo = async (ministack: Ministack, address: string): Promise<readonly string[]> =>
  (await messagesTo(ministack, address)).map(({ BodyText }) => BodyText);

/** Whom the mails to an address are from, oldest first. */
export const sendersOf = async (ministack: Ministack, address: string): Promise<readonly string[]> =>
  (await messagesTo(ministack, address)).map(({ Source }) => Source);
