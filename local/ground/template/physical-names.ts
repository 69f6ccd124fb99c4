/** The names that a deployment would give: what `Ref` and `Fn::GetAtt` return for a resource. */
import { createHash } from 'node:crypto';
import type { RawStack } from './raw-stack.ts';

/** The values that `Ref` and `Fn::GetAtt` return for a resource. */
export interface PhysicalNames {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface NameRequest {
  readonly stack: Pick<RawStack, 'region' | 'accountId' | 'namePrefix'>;
  readonly logicalId: string;
  readonly type: string;
  /** The logical id without its hash, if it tells the resource from the others of its type. */
  readonly shortId: string;
  /** A property of the resource that gives it a name, resolved. */
  readonly given: (property: string) => string | undefined;
  /** The URL of the local services; a queue's URL begins with it. */
  readonly endpoint: string;
}

/** The partition is the part of AWS that the region is in; ARNs begin with it. */
export const partitionOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
};

/** Returns the same digest after a restart, so that data stored under a name is found again. */
const digest = (text: string, length: number): string =>
  BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
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

/** The property with which a template names a resource itself. */
const NAMED_BY: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::Cognito::UserPoolGroup': 'GroupName',
  'AWS::Cognito::UserPoolUser': 'Username',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** Behind this, with the id that AWS has in the host's name, the endpoint serves the URLs of functions. */
export const FUNCTION_URLS = '/lambda-url/';

const poolNames = (poolId: string, region: string, arn: string): PhysicalNames => {
  const provider = `cognito-idp.${region}.amazonaws.com/${poolId}`;
  return {
    ref: poolId,
    attributes: { Arn: arn, UserPoolId: poolId, ProviderName: provider, ProviderURL: `https://${provider}` },
  };
};

/** For what no engine runs: values of the right kind, because functions may have them in their environment. */
const otherNames = (type: string, name: string, arn: (service: string, path: string) => string) => {
  const [, service = 'other', kind = 'resource'] = type.toLowerCase().split('::');
  return { ref: name, attributes: { Arn: arn(service, `${kind}/${name}`) } };
};

export const physicalNames = ({
  stack,
  logicalId,
  type,
  shortId,
  given,
  endpoint,
}: NameRequest): PhysicalNames => {
  const { region, accountId, namePrefix } = stack;
  const partition = partitionOf(region);
  const unique = `${namePrefix}${logicalId}`;
  const property = NAMED_BY[type];
  const name = (property && given(property)) ?? `${namePrefix}${shortId}`;
  const arn = (service: string, path: string) => `arn:${partition}:${service}:${region}:${accountId}:${path}`;
  const named = (value: string): PhysicalNames => ({ ref: name, attributes: { Arn: value } });
  const byArn = (value: string): PhysicalNames => ({ ref: value, attributes: { Arn: value, Name: name } });
  switch (type) {
    case 'AWS::Lambda::Function':
      return named(arn('lambda', `function:${name}`));
    case 'AWS::Lambda::Url': {
      const target = given('TargetFunctionArn') ?? '';
      const url = `${endpoint}${FUNCTION_URLS}${digest(unique, 20)}/`;
      return { ref: target, attributes: { FunctionArn: target, FunctionUrl: url } };
    }
    case 'AWS::DynamoDB::GlobalTable':
    case 'AWS::DynamoDB::Table':
      return named(arn('dynamodb', `table/${name}`));
    case 'AWS::StepFunctions::StateMachine':
      return byArn(arn('states', `stateMachine:${name}`));
    case 'AWS::SecretsManager::Secret':
      return byArn(arn('secretsmanager', `secret:${name}-${digest(unique, 6)}`));
    case 'AWS::Cognito::UserPool': {
      const poolId = `${region}_${digest(unique, 9)}`;
      return poolNames(poolId, region, arn('cognito-idp', `userpool/${poolId}`));
    }
    case 'AWS::Cognito::UserPoolClient': {
      const clientId = digest(unique, 26);
      return { ref: clientId, attributes: { ClientId: clientId } };
    }
    case 'AWS::Events::Rule':
      return named(arn('events', `rule/${name}`));
    case 'AWS::CloudWatch::Alarm':
      return named(arn('cloudwatch', `alarm:${name}`));
    case 'AWS::SES::EmailIdentity':
      return { ref: name, attributes: dkimRecords(name) };
    case 'AWS::SQS::Queue': {
      const url = `${endpoint}/${accountId}/${name}`;
      return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
    }
    case 'AWS::SNS::Topic':
      return { ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
    case 'AWS::Logs::LogGroup':
      return named(arn('logs', `log-group:${name}:*`));
    case 'AWS::IAM::Role':
      return named(`arn:${partition}:iam::${accountId}:role/${name}`);
    case 'AWS::S3::Bucket': {
      const bucket = name.toLowerCase();
      return { ref: bucket, attributes: { Arn: `arn:${partition}:s3:::${bucket}` } };
    }
    default:
      return otherNames(type, name, arn);
  }
};

/** What `Fn::GetAtt` returns for an attribute of which only the name is known. */
export const likelyAttribute = ({ ref, attributes }: PhysicalNames, attribute: string): string => {
  if (/Arn$/.test(attribute)) return `${attributes.Arn ?? ref}/${attribute}`;
  return /Ur[li]$|Endpoint/i.test(attribute) ? `https://${ref}.example.com` : `${ref}-${attribute}`;
};
