/** Tells a program that calls a service which is not here so, in the form in which its client reads errors. */
import type { HttpReply, HttpRequest } from './endpoint.ts';

const SERVED =
  'Cognito user pools, DynamoDB, Lambda, SES, SQS, Step Functions, Secrets Manager and Parameter Store';

/** The service's name in the scope of the signature (Signature Version 4, "credential scope"). */
const serviceOf = ({ headers }: Pick<HttpRequest, 'headers'>): string | undefined =>
  /Credential=[^/]*\/[^/]*\/[^/]*\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const xml = (status: number, body: string): HttpReply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const CODE = 'UnknownOperationException';

/**
 * Returns undefined for a request that is in no such form. S3 and the services of the Query protocol answer in XML; clients of the
 * others read the JSON that the endpoint sends by itself.
 */
export const absentService = (request: HttpRequest): HttpReply | undefined => {
  const service = serviceOf(request);
  const message = escaped(`The local system has no ${service}; it has ${SERVED}`);
  const fields = `<Code>${CODE}</Code><Message>${message}</Message>`;
  if (service === 's3') return xml(501, `<Error>${fields}</Error>`);
  const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (service === undefined || !isQuery) return undefined;
  return xml(400, `<ErrorResponse><Error><Type>Sender</Type>${fields}</Error></ErrorResponse>`);
};

/** What is said of a request that nothing serves. */
export const nothingServed = (request: Pick<HttpRequest, 'method' | 'path' | 'headers'>): string => {
  const service = serviceOf(request);
  const at = `Nothing is served at ${request.method} ${request.path}`;
  return service === undefined
    ? at
    : `${at}: the local system has no such operation of ${service}; it has ${SERVED}`;
};
