/** What somebody needs to be allowed who reads or attaches a user pool: on that pool, and on what each update hands to Cognito again. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ExistingPool } from './existing-pool.ts';

const READ = [
  'cognito-idp:DescribeUserPool',
  'cognito-idp:GetUserPoolMfaConfig',
  'cognito-idp:ListUserPoolClients',
  'cognito-idp:DescribeUserPoolClient',
] as const;

const onPool = (actions: readonly string[], poolArn: string): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [poolArn] });

/** To compare the pool and its clients with what they should be. */
export const readingStatement = (poolArn: string): PolicyStatement => onPool(READ, poolArn);

export interface Written {
  readonly poolArn: string;
  readonly existing: Pick<ExistingPool, 'smsRoleArn' | 'customSenderKeyArn'>;
}

/** To hand to Cognito what a pool has for its text messages and its custom senders. */
export const handingStatements = ({
  smsRoleArn,
  customSenderKeyArn,
}: Written['existing']): readonly PolicyStatement[] => [
  ...(smsRoleArn === undefined
    ? []
    : [
        new PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [smsRoleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
        }),
      ]),
  ...(customSenderKeyArn === undefined
    ? []
    : [new PolicyStatement({ actions: ['kms:CreateGrant'], resources: [customSenderKeyArn] })]),
];

/** To set the pool's triggers, and whatever `further` actions do. */
export const writingStatements = (
  { poolArn, existing }: Written,
  ...further: readonly `cognito-idp:${string}`[]
): readonly PolicyStatement[] => [
  onPool([...READ, 'cognito-idp:UpdateUserPool', ...further], poolArn),
  ...handingStatements(existing),
];
