/** An event as it is put on the bus, and as the rules and their targets see it. */
import { randomUUID } from 'node:crypto';
import { AwsError, type JsonObject } from '../../ground/service.ts';

/** An event as a service reports it. */
export interface EventEntry {
  /** For instance `aws.ses`. */
  readonly source: string;
  readonly detailType: string;
  /** The ARNs of the resources in the event. */
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** Where and when the event happened; `at` is in epoch milliseconds. */
export interface Origin {
  readonly accountId: string;
  readonly region: string;
  readonly at: number;
}

/** PutEvents' limit for one entry (EventBridge User Guide, "Calculating PutEvents event entry size"). */
const MAX_ENTRY_BYTES = 262_144;

/** Throws the error of PutEvents if the entry is too large. */
export const checkSize = ({ source, detailType, resources, detail }: EventEntry): void => {
  const parts = [source, detailType, JSON.stringify(detail), ...resources];
  const size = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  if (size > MAX_ENTRY_BYTES)
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
};

export const toEvent = (
  { source, detailType, resources, detail }: EventEntry,
  { accountId, region, at }: Origin,
): JsonObject => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailType,
  source,
  account: accountId,
  time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources,
  detail,
});
