/** Serves SES's REST operations on the account's suppression list: PutSuppressedDestination, Get… and Delete…. */
import { type HttpReply, parseJson, type Route } from '../../ground/endpoint.ts';
import { AwsError, type JsonObject } from '../../ground/service.ts';
import { isAddress } from './address.ts';
import type { SuppressionList, SuppressionReason } from './suppression-list.ts';

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

const get = (list: SuppressionList, address: string): HttpReply => {
  const found = list.get(address);
  if (found === undefined) throw notFound();
  const { emailAddress, reason, lastUpdatedAt, messageId } = found;
  return json({
    SuppressedDestination: {
      EmailAddress: emailAddress,
      Reason: reason,
      LastUpdateTime: lastUpdatedAt / 1_000,
      ...(messageId !== undefined && { Attributes: { MessageId: messageId } }),
    },
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
    const [, segment] = /^\/v2\/email\/suppression\/addresses\/([^/?]+)$/.exec(path) ?? [];
    if (segment === undefined) return undefined;
    if (method === 'GET') return get(list, decode(segment));
    return method === 'DELETE' ? remove(list, decode(segment)) : undefined;
  };
