import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AuditArchive } from '../../../../infra/data/audit-archive.ts';
import { ChallengeTable } from '../../../../infra/data/challenge-table.ts';
import { readSettings } from '../../../../infra/settings/settings.ts';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { clientKey } from '../../../../shared/table/client-records.ts';
import type { Item } from '../../../../shared/table/item.ts';
import { challengeKey, userKey } from '../../../../shared/table/table.ts';
import { anApp } from '../../../support/infra/templates.ts';

const synthesize = (given: Readonly<Record<string, unknown>> = { auditArchive: true }): Template => {
  const settings = readSettings({ emailSender: 'otp@example.com', ...given });
  const stack = new Stack(anApp(), 'Audit');
  const table = new ChallengeTable(stack, 'ChallengeTable', settings);
  if (settings.auditArchive) new AuditArchive(stack, 'AuditArchive', { table, settings });
  return Template.fromStack(stack);
};

const archive = synthesize();

const propertiesOf = (type: string, id = '') =>
  Object.entries(archive.findResources(type)).find(([logicalId]) => logicalId.includes(id))?.[1].Properties ??
  expect.unreachable(`no ${type} ${id}`);

describe('without the archive', () => {
  it('the table has no stream', () => {
    const [table] = Object.values(synthesize({}).findResources('AWS::DynamoDB::GlobalTable'));

    expect(table?.Properties).not.toHaveProperty('StreamSpecification');
  });
});

describe('the bucket', () => {
  it.each([1, 400, 3650])('locks each new object for %d days, for everyone', (archiveRetention) => {
    synthesize({ auditArchive: true, archiveRetention }).hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: archiveRetention } },
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('is encrypted with S3’s own key, which nobody can delete', () => {
    expect(propertiesOf('AWS::S3::Bucket').BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    });
  });

  it('is closed to the public, and to whoever comes without TLS', () => {
    expect(propertiesOf('AWS::S3::Bucket').PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(propertiesOf('AWS::S3::BucketPolicy').PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  it('stays when the stack goes', () => {
    archive.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('the pipe', () => {
  const pipe = propertiesOf('AWS::Pipes::Pipe');
  const pattern = JSON.parse(pipe.SourceParameters.FilterCriteria.Filters[0].Pattern);

  it('reads new images from the table’s stream', () => {
    const [tableId] = Object.keys(archive.findResources('AWS::DynamoDB::GlobalTable'));

    archive.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    });
    expect(pipe.Source).toEqual({ 'Fn::GetAtt': [tableId, 'StreamArn'] });
  });

  it('takes what is written, not what time to live removes', () => {
    expect(Object.keys(pattern).toSorted()).toEqual(['dynamodb', 'eventName']);
    expect(pattern.eventName).toEqual(['INSERT', 'MODIFY']);
  });

  it('takes challenges and the records of app clients, not those of users', () => {
    const prefixes: readonly { readonly prefix: string }[] = pattern.dynamodb.Keys.sk.S;
    const isTaken = ({ sk }: Item) => prefixes.some(({ prefix }) => sk?.S?.startsWith(prefix));

    expect(pattern.dynamodb).toEqual({ Keys: { sk: { S: prefixes } } });
    expect(isTaken(challengeKey('user', newChallengeId(0)))).toBe(true);
    expect(isTaken(clientKey('pool', 'client1'))).toBe(true);
    expect(isTaken(userKey('user'))).toBe(false);
  });

  it('passes the item, its time and its number on as one line of JSON, and nothing else', () => {
    const values: Readonly<Record<string, string>> = {
      '<$.dynamodb.ApproximateCreationDateTime>': '1790000000.0',
      '<$.dynamodb.SequenceNumber>': '4421584500000000017450439091',
      '<$.dynamodb.NewImage>': '{"outcome":{"S":"VERIFIED"}}',
    };

    const line = pipe.TargetParameters.InputTemplate.replace(/<[^>]*>/g, (path: string) => values[path]);

    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      time: 1790000000,
      sequenceNumber: '4421584500000000017450439091',
      item: { outcome: { S: 'VERIFIED' } },
    });
  });

  it('gives up while the stream still has the record, and says where', () => {
    const [queueId] = Object.keys(archive.findResources('AWS::SQS::Queue'));

    expect(pipe.SourceParameters.DynamoDBStreamParameters).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      OnPartialBatchItemFailure: 'AUTOMATIC_BISECT',
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queueId, 'Arn'] } },
    });
    const { MaximumRecordAgeInSeconds: age } = pipe.SourceParameters.DynamoDBStreamParameters;
    expect(age).toBeGreaterThan(0);
    expect(age).toBeLessThan(24 * 60 * 60);
  });
});

describe('Firehose', () => {
  it('writes gzipped lines by day, and what it could not process elsewhere', () => {
    archive.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      DeliveryStreamType: 'DirectPut',
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
      ExtendedS3DestinationConfiguration: {
        Prefix: 'trail/day=!{timestamp:yyyy-MM-dd}/',
        ErrorOutputPrefix: Match.stringLikeRegexp('^errors/!\\{firehose:error-output-type\\}/'),
        CompressionFormat: 'GZIP',
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
        CloudWatchLoggingOptions: { Enabled: true },
      },
    });
  });
});

interface Policy {
  readonly PolicyDocument: {
    readonly Statement: readonly { readonly Action: string | readonly string[] }[];
  };
}

describe('who may do what', () => {
  const actionsOf = (role: string): readonly string[] =>
    (propertiesOf('AWS::IAM::Role', role).Policies as readonly Policy[])
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .flatMap(({ Action }) => Action);

  it('the pipe reads the stream, feeds Firehose and leaves dead letters', () => {
    expect(actionsOf('PipeRole')).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'firehose:PutRecord',
      'firehose:PutRecordBatch',
      'sqs:SendMessage',
    ]);
  });

  it('Firehose writes to the bucket and its log, and deletes nothing', () => {
    expect(actionsOf('FirehoseRole')).toEqual([
      's3:GetBucketLocation',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:AbortMultipartUpload',
      's3:GetObject',
      's3:PutObject',
      'logs:PutLogEvents',
    ]);
  });

  it('no role has a wildcard but for the keys of objects', () => {
    const policies = Object.values(archive.findResources('AWS::IAM::Role')).map(
      ({ Properties }) => Properties.Policies,
    );

    const wildcards = JSON.stringify(policies).match(/"[^"]*\*[^"]*"/g);

    expect(wildcards?.toSorted()).toEqual(['"/errors/*"', '"/trail/*"']);
    expect(archive.findResources('AWS::IAM::Policy')).toEqual({});
  });

  it.each([
    ['PipeRole', 'pipes.amazonaws.com', 'aws:SourceAccount'],
    ['FirehoseRole', 'firehose.amazonaws.com', 'sts:ExternalId'],
  ])('%s is for %s on behalf of this account', (role, Service, condition) => {
    expect(propertiesOf('AWS::IAM::Role', role).AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service },
        Condition: { StringEquals: { [condition]: { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });
});
