/** What whoever sends a request to AWS has to be allowed (Service Authorization Reference). */
import type { Incoming } from '../../../local/ground/endpoint.ts';
import { ACCOUNT_ID, REGION } from '../../../local/ground/template.ts';
import { PARTITION_KEY } from '../../../shared/table/keys.ts';
import type { Permission } from './role-permissions.ts';

export interface Need extends Pick<Permission, 'action' | 'resource'> {
  /** The values that conditions look at, by condition key. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

interface Body {
  readonly UserPoolId?: string;
  readonly SmsConfiguration?: { readonly SnsCallerArn: string };
  readonly LambdaConfig?: { readonly KMSKeyID?: string };
  readonly Name?: string;
  readonly TableName?: string;
  readonly Key?: Readonly<Record<string, { readonly S: string }>>;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S: string }>>;
}

const HERE = `${REGION}:${ACCOUNT_ID}`;

/** An update of a pool hands these to Cognito again, which the caller has to be allowed. */
const handedOn = ({ SmsConfiguration, LambdaConfig }: Body): readonly Need[] => [
  ...(SmsConfiguration === undefined
    ? []
    : [
        {
          action: 'iam:PassRole',
          resource: SmsConfiguration.SnsCallerArn,
          context: { 'iam:PassedToService': ['cognito-idp.amazonaws.com'] },
        },
      ]),
  ...(LambdaConfig?.KMSKeyID === undefined
    ? []
    : [{ action: 'kms:CreateGrant', resource: LambdaConfig.KMSKeyID, context: {} }]),
];

/** The partition of an item's key, or of a query for `#pk = :value`. */
const leadingKey = ({ Key, KeyConditionExpression = '', ExpressionAttributeValues = {} }: Body): string => {
  const [, value = ''] = /^#pk = (:\w+)\b/.exec(KeyConditionExpression) ?? [];
  const key = Key?.[PARTITION_KEY]?.S ?? ExpressionAttributeValues[value]?.S;
  if (key === undefined) throw new Error('A call to the table names no partition');
  return key;
};

/** None for a request that is not signed. Throws for a service that is not known here. */
export const needsOf = ({ caller, operation, body }: Incoming): readonly Need[] => {
  if (caller === '') return [];
  const [service = '', action = ''] = operation.split('.');
  const sent = JSON.parse(body.toString('utf8')) as Body;
  switch (service) {
    case 'AWSCognitoIdentityProviderService': {
      const resource = `arn:aws:cognito-idp:${HERE}:userpool/${sent.UserPoolId}`;
      return [{ action: `cognito-idp:${action}`, resource, context: {} }, ...handedOn(sent)];
    }
    case 'AmazonSSM':
      return [
        { action: `ssm:${action}`, resource: `arn:aws:ssm:${HERE}:parameter${sent.Name}`, context: {} },
      ];
    case 'DynamoDB_20120810':
      return [
        {
          action: `dynamodb:${action}`,
          resource: `arn:aws:dynamodb:${HERE}:table/${sent.TableName}`,
          context: { 'dynamodb:LeadingKeys': [leadingKey(sent)] },
        },
      ];
    default:
      throw new Error(`What does ${operation} need?`);
  }
};

const listed = (values: string | readonly string[]): readonly string[] => [values].flat();

/** As IAM reads `StringEquals`, and `ForAllValues:StringEquals`, which holds where the request has no such value. */
const holds = ({ conditions }: Permission, { context }: Need): boolean =>
  Object.entries(conditions).every(([operator, byKey]) =>
    Object.entries(byKey).every(([key, wanted]) => {
      const values = context[key] ?? [];
      if (operator !== 'StringEquals' && operator !== 'ForAllValues:StringEquals')
        throw new Error(`What does the condition ${operator} say?`);
      const isThere = values.length > 0 || operator.startsWith('ForAllValues:');
      return isThere && values.every((value) => listed(wanted).includes(value));
    }),
  );

/** Whether the permission covers the need. Wildcards are no name of anything here. */
export const covers = (permission: Permission, need: Need): boolean =>
  permission.action === need.action && permission.resource === need.resource && holds(permission, need);
