/** Finds what works for the parts of an `EmailOtp` and is named by none of them: clients of its pool, rules, alarms and the like. */
import { ATTACHMENT_TYPE } from '../../shared/deployment/attachment.ts';
import { isForCloudTrail, readRule } from '../engines/events/rule.ts';
import { readEventInvokeConfig } from '../engines/lambda/event-invoke-config.ts';
import { readAlarm } from '../engines/metrics/alarm.ts';
import { isObject } from '../ground/service.ts';
import { resourceOf } from '../ground/template.ts';
import type { BelongingParts } from './belonging.ts';
import { keyOf, type Node } from './references.ts';

/** What comes to those that it names. */
const HELPERS = [
  ATTACHMENT_TYPE,
  'AWS::CloudWatch::Alarm',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolUserToGroupAttachment',
  'AWS::Events::Rule',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::EmailIdentity',
];

/**
 * What the app has for itself may be of a kind that does not work here, such as a schedule. Then it is left alone. False also if
 * `read` returns false.
 */
const isPlayable = (read: () => unknown): boolean => {
  try {
    return read() !== false;
  } catch {
    return false;
  }
};

/** The sender of an `EmailOtp`, by the variable that its function has it in; the identity of SES does not refer to it. */
const senderOf = ({ resource: { Properties = {} } }: Node): unknown => {
  const { Variables } = isObject(Properties.Environment) ? Properties.Environment : {};
  return isObject(Variables) ? Variables.EMAIL_SENDER : undefined;
};

type Parts = ReadonlyMap<string, Node>;

/** The bare addresses of the senders of these parts, in lower case. */
const sendersOf = ({ resolver }: BelongingParts, parts: Parts): readonly string[] =>
  [...parts.values()].flatMap((node) => {
    const sender = resolver.resolve(node.stack, senderOf(node));
    return typeof sender === 'string' ? [sender.toLowerCase().replace(/^.*<|>$/g, '')] : [];
  });

const isOfSender = (identity: string, senders: readonly string[]): boolean =>
  senders.some((sender) => sender === identity || sender.endsWith(`@${identity}`));

const arnsOf = ({ resolver }: BelongingParts, parts: Parts, type: string): readonly string[] =>
  [...parts.values()]
    .filter(({ resource }) => resource.Type === type)
    .map(({ stack, logicalId }) => resolver.namesOf(stack, logicalId).attributes.Arn ?? '');

/** Whether it can work here; throws if it cannot be read. */
const canHelp = (belonging: BelongingParts, parts: Parts, { stack, logicalId }: Node): boolean => {
  const resource = resourceOf(belonging.resolver, stack, logicalId);
  switch (resource.type) {
    case 'AWS::SES::EmailIdentity':
      return isOfSender(String(resource.properties.EmailIdentity).toLowerCase(), sendersOf(belonging, parts));
    case 'AWS::Events::Rule':
      return (
        isForCloudTrail(resource) ||
        Boolean(readRule(resource, arnsOf(belonging, parts, 'AWS::Lambda::Function')))
      );
    case 'AWS::Lambda::EventInvokeConfig':
      return Boolean(readEventInvokeConfig(resource, arnsOf(belonging, parts, 'AWS::SQS::Queue')));
    case 'AWS::CloudWatch::Alarm':
      return Boolean(readAlarm(resource));
    default:
      return true;
  }
};

/** Those of `others` that work for `parts`. */
export const helpersOf = (
  belonging: BelongingParts,
  parts: Parts,
  others: readonly Node[],
): readonly Node[] =>
  others.filter((node) => {
    const { Type, Properties } = node.resource;
    if (!HELPERS.includes(Type)) return false;
    const named = belonging.referencesIn(node.stack, Properties).map(keyOf);
    const isNamed = Type === 'AWS::SES::EmailIdentity' || named.some((key) => parts.has(key));
    return isNamed && isPlayable(() => canHelp(belonging, parts, node));
  });
