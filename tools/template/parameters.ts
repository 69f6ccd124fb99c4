/** The parameters of the CloudFormation template, in place of what a CDK app is told at synthesis. */
import type { CfnParameterProps } from 'aws-cdk-lib';
import { SETTINGS } from '../../infra/settings/settings.ts';
import { LIMITS, type Limit, type LimitName } from '../../shared/domain/limits.ts';
import {
  choiceParameter,
  numberParameter,
  optionalParameter,
  parameterName,
  textParameter,
} from './parameter-kinds.ts';
import { REPORTING_CLIENTS } from './pool/reporting-clients.ts';

/** The user pool is the template's own, or one that exists. */
export type PoolKind = 'own' | 'existing';

/** Minutes. CloudFormation cannot compare two parameters, so some times are no shorter than the longest life of a code. */
const LONGEST_CODE = LIMITS.codeLifetime.max / 60;

const LOCK: Limit = {
  ...LIMITS.lockDuration,
  min: LONGEST_CODE,
  description:
    'length of the first lock; each further wrong answer doubles it, up to a day; at least as long as the longest `codeLifetime`',
};

const SESSION: Readonly<Record<PoolKind, Limit>> = {
  own: {
    unit: 'minutes',
    min: LONGEST_CODE,
    max: 15,
    default: 15,
    description: 'time that Cognito waits for each answer; at least as long as the longest `codeLifetime`',
  },
  existing: {
    unit: 'minutes',
    min: 3,
    max: 15,
    default: 3,
    description:
      'time that Cognito waits for each answer: the shortest AuthSessionValidity of the clients in which users sign in with a code',
  },
};

const CODE = {
  CodeBucket: textParameter({
    pattern: '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]',
    description: "the S3 bucket, in the region of the stack, that has the functions' zips",
    mustBe: 'the name of a bucket',
  }),
  CodePrefix: optionalParameter({
    pattern: '([\\w.-]+/)+',
    description: 'what the keys of the zips begin with in the bucket, with a slash at the end',
    mustBe: 'a prefix that ends with a slash, such as email-otp/',
  }),
};

/** Part of an address. `*` and `?` would be wildcards in the policies that allow to send from it. */
const ATOM = "[\\w!#$%&'+/=^`{|}~-]+";

const MAIL = {
  EmailSender: textParameter({
    pattern: `(?=[^@]{1,64}@.{1,253}$)${ATOM}(\\.${ATOM})*@([a-z0-9-]{1,63}\\.)+(?![0-9]+$)[a-z0-9-]{1,63}`,
    description: 'the address that codes are sent from',
    mustBe: 'a plain address, such as otp@example.com, with its domain in small letters and without * and ?',
  }),
  SenderName: optionalParameter({
    pattern: "(?= *[^ ])[\\w '&+.,()-]{1,64}",
    description: 'the name that is shown beside the address',
    mustBe: "at most 64 plain letters, digits, spaces (not alone) and any of '&+.,()-_",
  }),
  RequireVerifiedEmail: choiceParameter(SETTINGS.requireVerifiedEmail),
};

const WATCH = {
  LogRetention: choiceParameter(SETTINGS.logRetention, 'Number'),
  AlarmTopic: optionalParameter({
    pattern: 'arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[\\w-]+',
    description:
      'the ARN of the SNS topic, in the region of the stack, that gets a message when an alarm starts and when it ends',
    mustBe: 'the ARN of a topic, such as arn:aws:sns:us-east-1:111122223333:alarms',
  }),
};

/** About a pool that the template does not make. The last two are for the command `attach`. */
const EXISTING = {
  UserPoolArn: optionalParameter({
    pattern: 'arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\\d{12}:userpool/[\\w-]+',
    description:
      'the ARN of the user pool, in the region of the stack, which is then allowed to call the functions',
    mustBe:
      'the ARN of a user pool, such as arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbCdEfGhI',
  }),
  ReportingClients: REPORTING_CLIENTS,
  SmsRoleArn: optionalParameter({
    pattern: 'arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+',
    description:
      'the ARN of the role that sends the text messages of the user pool, if it has one; whoever attaches the pool has to pass it to Cognito again',
    mustBe: 'the ARN of a role, such as arn:aws:iam::111122223333:role/texts',
  }),
  CustomSenderKeyArn: optionalParameter({
    pattern: 'arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:key/[\\w-]+',
    description:
      'the ARN of the KMS key for the custom senders of the user pool, if it has one; whoever attaches the pool has to grant its use to Cognito again',
    mustBe:
      'the ARN of a key, such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  }),
};

const TOKENS = {
  PreTokenFunctionArn: optionalParameter({
    pattern: 'arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[\\w-]+(:[\\w$-]+)?',
    description:
      'the ARN of your own pre token generation function, in the region of the stack, which is called after the tokens have been let through',
    mustBe: 'the ARN of a function, such as arn:aws:lambda:us-east-1:111122223333:function:token-claims',
  }),
};

const limitParameters = Object.fromEntries(
  Object.entries<Limit>({ ...LIMITS, lockDuration: LOCK }).map(([name, limit]) => [
    parameterName(name),
    numberParameter(limit),
  ]),
) as Readonly<Record<Capitalize<LimitName>, CfnParameterProps>>;

/** Every parameter that a template may have, by its name, in groups and in the order of the documents. */
const groups = (pool: PoolKind) => ({
  "The functions' code": CODE,
  Mail: MAIL,
  'User pool': {
    ...EXISTING,
    SessionValidity: numberParameter(SESSION[pool]),
    DeletionProtection: choiceParameter({
      ...SETTINGS.deletionProtection,
      description: `protect ${pool === 'own' ? 'the user pool and the table' : 'the table'} from deletion`,
    }),
  },
  'Codes and limits': limitParameters,
  Tokens: TOKENS,
  'Logs and alarms': WATCH,
});

type Groups = ReturnType<typeof groups>;

export type ParameterName = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups];

type Parameters = Readonly<Record<string, CfnParameterProps>>;

const without = (parameters: Parameters, names: readonly string[]): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));

/**
 * The parameters of the template for this kind of pool, in the groups that the console shows. Without the setting `reportLink`, nothing
 * would use the lock after a report.
 */
export const parameterGroups = (
  pool: PoolKind,
  reportLink: boolean,
): Readonly<Record<string, Parameters>> => {
  const all = groups(pool);
  return {
    ...all,
    'User pool': without(all['User pool'], pool === 'own' ? Object.keys(EXISTING) : []),
    'Codes and limits': without(all['Codes and limits'], reportLink ? [] : ['ReportLock']),
  };
};

/** All that there may be, without the groups. */
export const parametersOf = (pool: PoolKind): Parameters =>
  Object.assign({}, ...Object.values(parameterGroups(pool, true)));
