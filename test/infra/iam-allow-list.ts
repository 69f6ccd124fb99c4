/** What each role may do: a review of permissions starts from this list. Logical ids have no hash here. */

/** Actions by the resource on which they are allowed. `Deny ` in front of a resource forbids them. */
type Permissions = Readonly<Record<string, readonly string[]>>;

/** Each function writes its own log. */
const ownLog = (name: string): Permissions => ({
  [`<${name}LambdaLog.Arn>`]: ['logs:CreateLogStream', 'logs:PutLogEvents'],
});

const PERMISSIONS: Readonly<Record<string, Permissions>> = {
  AuditArchiveFirehose: {
    'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:<AuditArchiveLog>:log-stream:<AuditArchiveLogStream>':
      ['logs:PutLogEvents'],
    '<AuditArchiveBucket.Arn>/errors/*': ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
    '<AuditArchiveBucket.Arn>/trail/*': ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
    '<AuditArchiveBucket.Arn>': ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
  },
  AuditArchivePipe: {
    '<ChallengeTable.StreamArn>': [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    '<AuditArchiveFirehose.Arn>': ['firehose:PutRecord', 'firehose:PutRecordBatch'],
    '<AuditArchiveDeadLetters.Arn>': ['sqs:SendMessage'],
  },
  Auditor: {
    'Deny <CodeKeyKeyring>': ['secretsmanager:*'],
    'arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/EmailOtp/*': [
      'cloudformation:DescribeStacks',
    ],
    '<ChallengeTable.Arn>': ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    '<ChallengeTable.Arn>/index/open': ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    '<AuditArchiveBucket.Arn>/*': ['s3:GetObject', 's3:GetObjectRetention', 's3:GetObjectVersion'],
    '<AuditArchiveBucket.Arn>': ['s3:ListBucket', 's3:ListBucketVersions'],
  },
  CreateAuthChallenge: {
    '<AddressKeySecret>': ['secretsmanager:GetSecretValue'],
    '<ChallengeTable.Arn>': ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'],
    ...ownLog('CreateAuthChallenge'),
    '<DeliveryWorkflowStateMachine>': ['states:StartExecution'],
  },
  DefineAuthChallenge: {
    ...ownLog('DefineAuthChallenge'),
  },
  DeliverCode: {
    '<AddressKeySecret>': ['secretsmanager:GetSecretValue'],
    '<ChallengeTable.Arn>': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    ...ownLog('DeliverCode'),
    '<CodeKeyKeyring>': ['secretsmanager:GetSecretValue'],
    'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:configuration-set/<MailSenderConfigurationSet>':
      ['ses:SendEmail'],
    'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/<MailSenderIdentity>': [
      'ses:SendEmail',
    ],
  },
  DeliveryWorkflow: {
    '<ChallengeTable.Arn>': ['dynamodb:UpdateItem'],
    '<DeliverCodeLambdaFunction.Arn>': ['lambda:InvokeFunction'],
    '*': [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
  },
  GuardTokens: {
    '<ChallengeTable.Arn>': ['dynamodb:Query', 'dynamodb:UpdateItem'],
    ...ownLog('GuardTokens'),
  },
  KeyRotation: {
    '<CodeKeyKeyring>': [
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ],
  },
  RecordFeedback: {
    '<ChallengeTable.Arn>': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    ...ownLog('RecordFeedback'),
    '<RecordFeedbackDeadLetters.Arn>': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  SweepChallenges: {
    '<ChallengeTable.Arn>': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    '<ChallengeTable.Arn>/index/open': ['dynamodb:Query'],
    ...ownLog('SweepChallenges'),
  },
  Unlock: {
    '<ChallengeTable.Arn>': ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  },
  VerifyAuthChallenge: {
    '<AddressKeySecret>': ['secretsmanager:GetSecretValue'],
    '<ChallengeTable.Arn>': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    ...ownLog('VerifyAuthChallenge'),
    '<CodeKeyKeyring>': ['secretsmanager:GetSecretValue'],
  },
};

/** `role: action on resource`, a line for each. */
export const ALLOWED: readonly string[] = Object.entries(PERMISSIONS).flatMap(([role, permissions]) =>
  Object.entries(permissions).flatMap(([resource, actions]) => {
    const [effect, on] = resource.startsWith('Deny ') ? ['Deny ', resource.slice(5)] : ['', resource];
    return actions.map((action) => `${role}: ${effect}${action} on ${on}`);
  }),
);

/** The wildcards among them, each with the reason why nothing more exact is possible. */
export const WILDCARDS: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /^DeliveryWorkflow: logs:\w+ on \*$/,
    reason: 'The actions of log delivery know no resource (Step Functions guide, "CloudWatch Logs").',
  },
  {
    pattern: /^AuditArchiveFirehose: s3:\w+ on <AuditArchiveBucket\.Arn>\/(trail|errors)\/\*$/,
    reason: 'Keys of objects hold the time of their making.',
  },
  {
    pattern: /^Auditor: s3:GetObject\w* on <AuditArchiveBucket\.Arn>\/\*$/,
    reason: 'Auditors read every object; the bucket holds nothing but the archive.',
  },
  {
    pattern: /^Auditor: cloudformation:DescribeStacks on arn:.*:stack\/EmailOtp\/\*$/,
    reason: 'The name of the stack is exact; CloudFormation puts an id of its own behind it.',
  },
];
