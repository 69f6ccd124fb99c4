/** Reads a synthesized CloudFormation template as a deployment does: gives physical names and resolves intrinsic functions. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundOutputs } from '../../shared/messages/outputs.ts';
import type { JsonObject } from './service.ts';

export const REGION = 'us-east-1';
export const ACCOUNT_ID = '000000000000';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Properties with every intrinsic function resolved. */
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly names: PhysicalNames;
}

/** The values that `Ref` and `Fn::GetAtt` return for a resource. */
export interface PhysicalNames {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Template {
  /** The folder that holds the template's assets. */
  readonly folder: string;
  ofType(type: string): readonly Resource[];
  readonly outputs: FoundOutputs;
}

interface RawTemplate {
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties?: JsonObject; readonly Metadata?: JsonObject }
    >
  >;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Conditions?: Readonly<Record<string, { readonly 'Fn::Equals'?: readonly [unknown, unknown] }>>;
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT_ID,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;

/** Returns the same digest after a restart, so that data stored under a name is found again. */
const digest = (logicalId: string, length: number): string =>
  BigInt(`0x${createHash('sha256').update(logicalId).digest('hex')}`)
    .toString(36)
    .slice(0, length);

/** The DNS records that SES gives for an identity. The local system never looks them up. */
const dkimRecords = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [1, 2, 3].flatMap((n) => [
      [`DkimDNSTokenName${n}`, `${digest(`${name}${n}`, 32)}._domainkey.example.com`],
      [`DkimDNSTokenValue${n}`, `${digest(`${name}${n}`, 32)}.dkim.amazonses.com`],
    ]),
  );

/** `endpoint` is the URL of the local services; a queue's URL begins with it. */
const namesOf = (logicalId: string, type: string, endpoint: string): PhysicalNames => {
  const name = logicalId.replace(/[0-9A-F]{8}$/, '');
  const named = (value: string): PhysicalNames => ({ ref: name, attributes: { Arn: value } });
  const byArn = (value: string): PhysicalNames => ({ ref: value, attributes: { Arn: value, Name: name } });
  switch (type) {
    case 'AWS::Lambda::Function':
      return named(arn('lambda', `function:${name}`));
    case 'AWS::DynamoDB::GlobalTable':
      return named(arn('dynamodb', `table/${name}`));
    case 'AWS::StepFunctions::StateMachine':
      return byArn(arn('states', `stateMachine:${name}`));
    case 'AWS::SecretsManager::Secret':
      return byArn(arn('secretsmanager', `secret:${name}-${digest(logicalId, 6)}`));
    case 'AWS::Cognito::UserPool': {
      const poolId = `${REGION}_${digest(logicalId, 9)}`;
      return { ref: poolId, attributes: { Arn: arn('cognito-idp', `userpool/${poolId}`) } };
    }
    case 'AWS::Cognito::UserPoolClient':
      return { ref: digest(logicalId, 26), attributes: {} };
    case 'AWS::Events::Rule':
      return named(arn('events', `rule/${name}`));
    case 'AWS::CloudWatch::Alarm':
      return named(arn('cloudwatch', `alarm:${name}`));
    case 'AWS::SES::EmailIdentity':
      return { ref: name, attributes: dkimRecords(name) };
    case 'AWS::SQS::Queue': {
      const url = `${endpoint}/${ACCOUNT_ID}/${name}`;
      return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
    }
    case 'AWS::Logs::LogGroup':
      return named(arn('logs', `log-group:${name}:*`));
    case 'AWS::IAM::Role':
      return named(`arn:aws:iam::${ACCOUNT_ID}:role/${name}`);
    default:
      return { ref: name, attributes: {} };
  }
};

type Names = Readonly<Record<string, PhysicalNames>>;

const reference = (name: string, names: Names): string => {
  const value = PSEUDO_PARAMETERS[name] ?? names[name]?.ref;
  if (value === undefined) throw new Error(`The template refers to ${name}, which it does not define`);
  return value;
};

const attribute = (logicalId: string, name: string, names: Names): string => {
  const value = names[logicalId]?.attributes[name];
  if (value === undefined) throw new Error(`The local engines do not know ${logicalId}.${name}`);
  return value;
};

const substitute = (text: string, names: Names): string =>
  text.replace(/\$\{([^}]+)\}/g, (_, path: string) => {
    // In CloudFormation `${!name}` stands for the text `${name}`.
    if (path.startsWith('!')) return `\${${path.slice(1)}}`;
    const [logicalId = '', name] = path.split('.');
    return name === undefined ? reference(logicalId, names) : attribute(logicalId, name, names);
  });

const select = (index: unknown, list: unknown, argument: unknown): unknown => {
  const chosen = Array.isArray(list) ? list[Number(index)] : undefined;
  if (chosen === undefined) throw new Error(`Fn::Select finds nothing in ${JSON.stringify(argument)}`);
  return chosen;
};

/** Throws an error with the function's name if the template uses an intrinsic function that is not known here. */
export const resolveIntrinsics = (value: unknown, names: Names): unknown => {
  if (Array.isArray(value)) return value.map((element) => resolveIntrinsics(element, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [key, argument] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (key === 'Ref') return reference(String(argument), names);
  if (key === 'Fn::GetAtt') return attribute(argument[0], argument[1], names);
  if (key === 'Fn::Join') {
    const parts = resolveIntrinsics(argument[1], names) as readonly string[];
    return parts.join(argument[0]);
  }
  if (key === 'Fn::Sub' && typeof argument === 'string') return substitute(argument, names);
  if (key === 'Fn::Split') return String(resolveIntrinsics(argument[1], names)).split(argument[0]);
  if (key === 'Fn::Select') return select(argument[0], resolveIntrinsics(argument[1], names), argument);
  if (key?.startsWith('Fn::')) throw new Error(`The local engines do not know ${key} in this form`);
  return Object.fromEntries(entries.map(([name, inner]) => [name, resolveIntrinsics(inner, names)]));
};

/** Puts the chosen branch in the place of each `Fn::If`. Throws if its condition is not a plain `Fn::Equals`. */
const chooseBranches = (value: unknown, conditions: RawTemplate['Conditions'], names: Names): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => chooseBranches(element, conditions, names));
  if (!('Fn::If' in value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, chooseBranches(inner, conditions, names)]),
    );
  }
  const [condition, yes, no] = value['Fn::If'] as readonly [string, unknown, unknown];
  const equals = conditions?.[condition]?.['Fn::Equals'];
  if (equals === undefined) throw new Error(`The local engines do not know the condition ${condition}`);
  const [left, right] = equals.map((side) => resolveIntrinsics(side, names));
  return chooseBranches(left === right ? yes : no, conditions, names);
};

/** Loads `<stackName>.template.json` from a folder that `cdk synth` wrote. `endpoint` is the URL of the local services. */
export const loadTemplate = (folder: string, stackName: string, endpoint: string): Template => {
  const raw = JSON.parse(readFileSync(join(folder, `${stackName}.template.json`), 'utf8')) as RawTemplate;
  const resources = Object.entries(raw.Resources);
  const names: Names = {
    ...Object.fromEntries(resources.map(([id, { Type }]) => [id, namesOf(id, Type, endpoint)])),
    'AWS::StackName': { ref: stackName, attributes: {} },
  };
  const resolve = (value: unknown) => resolveIntrinsics(chooseBranches(value, raw.Conditions, names), names);
  return {
    folder,
    ofType: (type) =>
      resources
        .filter(([, resource]) => resource.Type === type)
        .map(([logicalId, { Properties = {}, Metadata = {} }]) => ({
          logicalId,
          type,
          properties: resolve(Properties) as JsonObject,
          metadata: Metadata,
          names: names[logicalId] ?? namesOf(logicalId, type, endpoint),
        })),
    outputs: Object.fromEntries(
      Object.entries(raw.Outputs ?? {}).map(([name, { Value }]) => [name, String(resolve(Value))]),
    ),
  };
};
