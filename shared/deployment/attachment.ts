/**
 * What the stack's custom resource tells the function that attaches a pool. CloudFormation makes texts of numbers, and may be of
 * another version than the function, so nothing but this file knows the names.
 */
import type { ReportingClients } from '../clients/reporting-clients.ts';
import { ReportedError } from '../lambda/reported-error.ts';
import { jsonObject, jsonTexts } from '../pool/json.ts';
import {
  type EventVersion,
  PLACES,
  PRE_TOKEN_VERSIONS,
  type TriggerArns,
  type TriggerPlace,
} from '../pool/places.ts';

export interface AttachmentOrder {
  readonly userPoolId: string;
  readonly triggers: TriggerArns;
  readonly eventVersion: EventVersion;
  /** The seconds for which a code is valid. */
  readonly codeSeconds: number;
  /** Places that another function may lose. */
  readonly replace: readonly TriggerPlace[];
  /** Ids of doors that may stay open. */
  readonly accept: readonly string[];
  /** Clients that give tokens without a code until a time (ISO), by client id. */
  readonly reporting: ReportingClients;
  /** The time (ISO) until which refresh tokens are good at clients that do not report, and gave them without a code. Absent: none is. */
  readonly refreshUntil?: string;
  readonly smsRoleArn?: string;
  readonly customSenderKeyArn?: string;
}

/** The custom resource's type. */
export const ATTACHMENT_TYPE = 'Custom::EmailOtpAttachment';

/** The custom resource's properties. */
export const writeAttachment = (order: AttachmentOrder): Readonly<Record<string, unknown>> => ({
  UserPoolId: order.userPoolId,
  Triggers: order.triggers,
  EventVersion: order.eventVersion,
  CodeSeconds: String(order.codeSeconds),
  ReplaceTriggers: order.replace,
  Accept: order.accept,
  ReportingClients: Object.fromEntries(
    Object.entries(order.reporting).map(([clientId, { until }]) => [clientId, until]),
  ),
  ...(order.refreshUntil !== undefined && { RefreshUntil: order.refreshUntil }),
  ...(order.smsRoleArn !== undefined && { SmsRoleArn: order.smsRoleArn }),
  ...(order.customSenderKeyArn !== undefined && { CustomSenderKeyArn: order.customSenderKeyArn }),
});

/** The properties are not those that `writeAttachment` writes; `what` names the first that is not. */
const unreadable = (what: string) => new ReportedError('AttachmentUnreadable', what);

const VERSIONS: readonly string[] = PRE_TOKEN_VERSIONS;

const textAt = (properties: object, name: string): string => {
  const value: unknown = jsonObject(properties)[name];
  if (typeof value === 'string' && value !== '') return value;
  throw unreadable(`The custom resource has no ${name}`);
};

const optional = (properties: object, name: string): string | undefined => {
  const value: unknown = jsonObject(properties)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const triggersIn = (properties: object): TriggerArns => {
  const triggers = jsonObject(jsonObject(properties).Triggers);
  return Object.fromEntries(PLACES.map((place) => [place, textAt(triggers, place)])) as Record<
    TriggerPlace,
    string
  >;
};

const isPlace = (name: string): name is TriggerPlace => PLACES.some((place) => place === name);

/** Reads the properties of an event. Throws `AttachmentUnreadable`. */
export const readAttachment = (properties: object): AttachmentOrder => {
  const eventVersion = textAt(properties, 'EventVersion');
  const codeSeconds = Number(textAt(properties, 'CodeSeconds'));
  if (!VERSIONS.includes(eventVersion)) throw unreadable('EventVersion is not known');
  if (!Number.isInteger(codeSeconds)) throw unreadable('CodeSeconds is no whole number');
  const { ReplaceTriggers, Accept, ReportingClients } = jsonObject(properties);
  const refreshUntil = optional(properties, 'RefreshUntil');
  const smsRoleArn = optional(properties, 'SmsRoleArn');
  const customSenderKeyArn = optional(properties, 'CustomSenderKeyArn');
  return {
    userPoolId: textAt(properties, 'UserPoolId'),
    triggers: triggersIn(properties),
    eventVersion: eventVersion as EventVersion,
    codeSeconds,
    replace: jsonTexts(ReplaceTriggers).filter(isPlace),
    accept: jsonTexts(Accept),
    reporting: Object.fromEntries(
      Object.entries(jsonObject(ReportingClients)).map(([clientId, until]) => [
        clientId,
        { until: String(until) },
      ]),
    ),
    ...(refreshUntil !== undefined && { refreshUntil }),
    ...(smsRoleArn !== undefined && { smsRoleArn }),
    ...(customSenderKeyArn !== undefined && { customSenderKeyArn }),
  };
};
