/** Serves SES's REST operations on the account's suppression list: PutSuppressedDestination, Get…, Delete… and List…. */
import { type HttpReply, parseJson, type Route } from '../../ground/endpoint.ts';
import { AwsError, type JsonObject } from '../../ground/service.ts';
import { isAddress } from './address.ts';
import type { SuppressedDestination, SuppressionList, SuppressionReason } from './suppression-list.ts';

const PATH = '/v2/email/suppression/addresses';

const json = (body: JsonObject): HttpReply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const isReason = (reason: unknown): reason is SuppressionReason =>
  reason === 'BOUNCE' || reason === 'COMPLAINT';

const put = (list: SuppressionList, { EmailAddress, Reason }: JsonObject): HttpReply => {
  if (typeof EmailAddress !== 'string' || !isAddress(EmailAddress) || !isReason(Reason)) {
    throw new AwsError('BadRequestException', 'EmailAddress and Reason (BOUNCE or COMPLAINT) are required');
  }
  list.put(EmailAddress, Reason);
  return json({});
};

const notFound = () =>
  new AwsError('NotFoundException', 'The email address does not exist on your suppression list.', 404);

const summaryOf = ({ emailAddress, reason, lastUpdatedAt }: SuppressedDestination) => ({
  EmailAddress: emailAddress,
  Reason: reason,
  LastUpdateTime: lastUpdatedAt / 1_000,
});

const get = (list: SuppressionList, address: string): HttpReply => {
  const found = list.get(address);
  if (found === undefined) throw notFound();
  const { messageId } = found;
  const attributes = messageId !== undefined && { Attributes: { MessageId: messageId } };
  return json({ SuppressedDestination: { ...summaryOf(found), ...attributes } });
};

const MAX_PAGE = 1_000;

/** Reads a number of the query. Throws unless it is whole and in the range. */
const readNumber = (query: URLSearchParams, name: string, least: number, most: number, otherwise: number) => {
  const text = query.get(name) ?? String(otherwise);
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= least && number <= most) return number;
  throw new AwsError('BadRequestException', `${name} is not valid`);
};

const readTime = (query: URLSearchParams, name: string, otherwise: number): number => {
  const text = query.get(name);
  const time = text === null ? otherwise : Date.parse(text);
  if (Number.isNaN(time)) throw new AwsError('BadRequestException', `${name} is not valid`);
  return time;
};

const listAll = (list: SuppressionList, query: URLSearchParams): HttpReply => {
  const reasons = query.getAll('Reason');
  if (!reasons.every(isReason))
    throw new AwsError('BadRequestException', 'Reason must be BOUNCE or COMPLAINT');
  const from = readTime(query, 'StartDate', 0);
  const to = readTime(query, 'EndDate', Number.POSITIVE_INFINITY);
  const size = readNumber(query, 'PageSize', 1, MAX_PAGE, MAX_PAGE);
  const start = readNumber(query, 'NextToken', 0, 999_999_999, 0);
  const found = list
    .all()
    .filter(({ reason }) => reasons.length === 0 || reasons.includes(reason))
    .filter(({ lastUpdatedAt }) => lastUpdatedAt >= from && lastUpdatedAt <= to);
  const end = start + size;
  return json({
    SuppressedDestinationSummaries: found.slice(start, end).map(summaryOf),
    ...(end < found.length && { NextToken: String(end) }),
  });
};

const remove = (list: SuppressionList, address: string): HttpReply => {
  if (!list.delete(address)) throw notFound();
  return json({});
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('BadRequestException', 'The email address is not encoded as a part of a path');
  }
};

export const createSuppressionRoute =
  (list: SuppressionList): Route =>
  ({ method, path, body }) => {
    if (method === 'PUT' && path === PATH) return put(list, parseJson(body));
    const [named, query] = path.split('?');
    if (method === 'GET' && named === PATH) return listAll(list, new URLSearchParams(query));
    const [, segment] = /^\/v2\/email\/suppression\/addresses\/([^/?]+)$/.exec(path) ?? [];
    if (segment === undefined) return undefined;
    if (method === 'GET') return get(list, decode(segment));
    return method === 'DELETE' ? remove(list, decode(segment)) : undefined;
  };
