import { Duration, Fn, type Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { allowedTo, anExistingApp, found, POOL_ARN, POOL_ID, resourcesOf } from '../existing-app.ts';

const READ = [
  'cognito-idp:DescribeUserPool',
  'cognito-idp:GetUserPoolMfaConfig',
  'cognito-idp:ListUserPoolClients',
  'cognito-idp:DescribeUserPoolClient',
];
const TABLE = { 'Fn::GetAtt': [expect.stringMatching(/^EmailOtpChallengeTable/), 'Arn'] };
const RECORDS = (poolId: unknown) => ({
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [poolId] },
});
const SMS_ROLE = 'arn:aws:iam::111122223333:role/texts';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234';

describe('the function that attaches a pool', () => {
  it('may read and write that pool, its own parameter, and the records of its clients', () => {
    const { stack } = anExistingApp();

    expect(allowedTo(stack, 'AttachPool')).toEqual([
      {
        Effect: 'Allow',
        Action: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
        Resource: {
          'Fn::Join': [
            '',
            [
              'arn:',
              { Ref: 'AWS::Partition' },
              ':ssm:',
              { Ref: 'AWS::Region' },
              ':',
              { Ref: 'AWS::AccountId' },
              ':parameter/email-otp/Shop-EmailOtp',
            ],
          ],
        },
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:UpdateItem',
        Resource: TABLE,
        Condition: RECORDS(`POOL#${POOL_ID}`),
      },
      { Effect: 'Allow', Action: [...READ, 'cognito-idp:UpdateUserPool'], Resource: POOL_ARN },
    ]);
  });

  it('may hand on the role and the key that the app names, to Cognito alone', () => {
    const { stack } = anExistingApp({ existingPool: { smsRoleArn: SMS_ROLE, customSenderKeyArn: KEY } });
    const [, , , ...further] = allowedTo(stack, 'AttachPool');

    expect(further).toEqual([
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: SMS_ROLE,
        Condition: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
      },
      { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: KEY },
    ]);
  });

  it('may no more for a pool that only the deployment knows', () => {
    const { stack } = anExistingApp({ userPool: Fn.importValue('PoolArn') });
    const id = { 'Fn::Select': [1, expect.anything()] };

    expect(allowedTo(stack, 'AttachPool').slice(1)).toMatchObject([
      {
        Action: 'dynamodb:UpdateItem',
        Condition: RECORDS({ 'Fn::Join': ['', ['POOL#', id]] }),
      },
      { Action: [...READ, 'cognito-idp:UpdateUserPool'], Resource: { 'Fn::ImportValue': 'PoolArn' } },
    ]);
  });

  it('may be invoked by no role of the stack, since its event says which functions become the triggers', () => {
    const { stack } = anExistingApp({ watchPool: Duration.hours(1) });
    const [[id] = expect.unreachable()] = found(stack, 'AWS::Lambda::Function', 'EmailOtpAttachPool');
    const naming = Object.values(resourcesOf(stack)).filter(({ Properties }) =>
      JSON.stringify(Properties ?? {}).includes(`"${id}"`),
    );

    expect(naming.map(({ Type }) => Type)).toEqual(['Custom::EmailOtpAttachment']);
  });

  it('knows where to keep what was there, and the table with the records', () => {
    const { stack } = anExistingApp();
    const [[, { Properties }] = expect.unreachable()] = found(
      stack,
      'AWS::Lambda::Function',
      'EmailOtpAttachPool',
    );

    expect(Properties).toMatchObject({
      Handler: 'attach-pool.handler',
      Environment: {
        Variables: {
          METRICS_NAMESPACE: 'Shop-EmailOtp',
          TABLE_NAME: { Ref: expect.stringMatching(/^EmailOtpChallengeTable/) },
          UNDO_PARAMETER: '/email-otp/Shop-EmailOtp',
        },
      },
    });
  });
});

/** What a resource is made after and deleted before: by a reference or by a dependency, however far. */
const madeBefore = (stack: Stack, id: string): ReadonlySet<string> => {
  const resources = resourcesOf(stack);
  const seen = new Set<string>();
  const visit = (one: string): void => {
    const resource = resources[one];
    if (resource === undefined || seen.has(one)) return;
    seen.add(one);
    const text = JSON.stringify(resource.Properties ?? {});
    const referred = Array.from(text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g), ([, name = '']) => name);
    for (const next of [...referred, ...(resource.DependsOn ?? [])]) visit(next);
  };
  visit(id);
  return seen;
};

describe('the custom resource', () => {
  const { stack } = anExistingApp();
  const [[id = ''] = []] = found(stack, 'Custom::EmailOtpAttachment');
  const earlier = madeBefore(stack, id);
  const ids = (type: string, start: string) => found(stack, type, `EmailOtp${start}`).map(([one]) => one);

  it.each([
    [
      'the four functions',
      'AWS::Lambda::Function',
      ['DefineAuth', 'CreateAuth', 'VerifyAuth', 'GuardTokens'],
      4,
    ],
    [
      'the pool’s permission to call each',
      'AWS::Lambda::Permission',
      ['DefineAuth', 'CreateAuth', 'VerifyAuth', 'GuardTokens'],
      4,
    ],
    [
      'what these may do',
      'AWS::IAM::Policy',
      ['CreateAuth', 'VerifyAuth', 'GuardTokens', 'DeliverCode', 'DeliveryWorkflow'],
      5,
    ],
    ['who may read the keys of the codes', 'AWS::SecretsManager::ResourcePolicy', ['CodeKey'], 1],
    ['the workflow that mails', 'AWS::StepFunctions::StateMachine', ['DeliveryWorkflow'], 1],
    ['the function that attaches', 'AWS::Lambda::Function', ['AttachPool'], 1],
    ['what that may do', 'AWS::IAM::Policy', ['AttachPool'], 1],
    ['what that may do to the pool', 'AWS::IAM::RolePolicy', ['AttachPool'], 1],
    ['the table', 'AWS::DynamoDB::GlobalTable', ['ChallengeTable'], 1],
  ])('is made after and deleted before %s', (_, type, starts, count) => {
    const all = starts.flatMap((start) => ids(type, start));

    expect(all).toHaveLength(count);
    expect(all.filter((one) => !earlier.has(one))).toEqual([]);
  });

  it('is what nothing waits for', () => {
    const others = Object.keys(resourcesOf(stack)).filter((one) => one !== id);

    expect(others.filter((one) => madeBefore(stack, one).has(id))).toEqual([]);
  });
});

describe('what the function may do to the pool', () => {
  const policyFor = (userPool: string) => {
    const { stack } = anExistingApp({ userPool });
    const [[, { Properties }] = expect.unreachable()] = found(stack, 'AWS::IAM::RolePolicy');
    return Properties.PolicyName;
  };

  it('is another policy for another pool: the one before stays until that is detached', () => {
    expect(policyFor(POOL_ARN)).toBe(`Pool-${POOL_ID}`);
    expect(policyFor(POOL_ARN.replace(POOL_ID, 'eu-west-1_Other'))).toBe('Pool-eu-west-1_Other');
  });
});

it.each([
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-cn', 'cn-north-1'],
])('no other partition is written out in a stack in %s', (partition, region) => {
  const userPool = POOL_ARN.replace('arn:aws:', `arn:${partition}:`).replaceAll('eu-west-1', region);
  const env = { region, account: '111122223333' };
  const { stack } = anExistingApp({ userPool, watchPool: Duration.hours(1) }, { env });

  expect(JSON.stringify(resourcesOf(stack))).not.toContain('arn:aws:');
});
