import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  type IGrantable,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup, LogStream } from 'aws-cdk-lib/aws-logs';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CHALLENGE_PREFIX, CLIENT_PREFIX, SORT_KEY } from '../../shared/table/keys.ts';
import type { Settings } from '../settings/settings.ts';
import type { ChallengeTable } from './challenge-table.ts';

export interface AuditArchiveProps {
  /** The table's stream must be on, with new images. */
  readonly table: ChallengeTable;
  readonly settings: Pick<Settings, 'archiveRetention' | 'logRetention'>;
}

const TRAIL = 'trail/';
const ERRORS = 'errors/';

/** The stream keeps a record for 24 hours. The other half is for reading the record that a dead letter names. */
const TRY_FOR = Duration.hours(12);

/** Writes of challenges and of the records of clients, but not of user records, and not the deletions by time to live. */
const ARCHIVED_WRITES = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { [SORT_KEY]: { S: [{ prefix: CHALLENGE_PREFIX }, { prefix: CLIENT_PREFIX }] } } },
};

/** One line of the archive. EventBridge Pipes inserts the values; only the string needs quotes. */
const LINE =
  '{"time": <$.dynamodb.ApproximateCreationDateTime>, "sequenceNumber": "<$.dynamodb.SequenceNumber>", "item": <$.dynamodb.NewImage>}';

/**
 * Copies every state of a challenge, and of what is kept of an app client, to a bucket where nobody, not even the root user, can
 * delete or overwrite a version before its retention ends. An object holds gzipped lines of JSON: when the item was written (epoch
 * seconds), the stream's sequence number, and the whole item in DynamoDB's JSON. A challenge has the user's id, a mask and a keyed
 * hash of the address, and the facts with what the client claimed about itself. It never has a code or an address.
 */
export class AuditArchive extends Construct {
  readonly bucket: Bucket;
  /** Positions in the table's stream that did not reach the archive; they hold no data. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { table, settings }: AuditArchiveProps) {
    super(scope, id);
    const { tableStreamArn } = table.table;
    if (tableStreamArn === undefined) throw new Error('The audit archive needs the stream of the table');
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(settings.archiveRetention),
      // S3's own key, because anybody who may delete a KMS key could make the evidence unreadable.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.#pipe(table, tableStreamArn, this.#firehose(settings).attrArn);
  }

  /** Grants reading the objects and their locks, and listing the versions that a delete marker would hide. */
  grantRead(grantee: IGrantable): void {
    const { bucket } = this;
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket', 's3:ListBucketVersions'],
        resources: [bucket.bucketArn],
      }),
    );
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention'],
        resources: [bucket.arnForObjects('*')],
      }),
    );
  }

  /** Uses plain CloudFormation, because the CDK's construct would let Firehose delete from the bucket. */
  #firehose({ logRetention }: Pick<Settings, 'logRetention'>): CfnDeliveryStream {
    const { bucket } = this;
    const logGroup = new LogGroup(this, 'Log', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { logStreamName } = new LogStream(this, 'LogStream', {
      logGroup,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const logStreamArn = Stack.of(this).formatArn({
      service: 'logs',
      resource: `log-group:${logGroup.logGroupName}:log-stream:${logStreamName}`,
    });
    const role = new Role(this, 'FirehoseRole', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'sts:ExternalId': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        // The actions that Firehose's guide asks for with an S3 destination.
        Write: allow(
          {
            actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
            resources: [bucket.bucketArn],
          },
          {
            actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
            resources: [bucket.arnForObjects(`${TRAIL}*`), bucket.arnForObjects(`${ERRORS}*`)],
          },
          { actions: ['logs:PutLogEvents'], resources: [logStreamArn] },
        ),
      },
    });
    return new CfnDeliveryStream(this, 'Firehose', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${TRAIL}day=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${ERRORS}!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/`,
        bufferingHints: { intervalInSeconds: 300, sizeInMBs: 5 },
        compressionFormat: 'GZIP',
        processingConfiguration: { enabled: true, processors: [{ type: 'AppendDelimiterToRecord' }] },
        cloudWatchLoggingOptions: { enabled: true, logGroupName: logGroup.logGroupName, logStreamName },
      },
    });
  }

  #pipe(table: ChallengeTable, source: string, target: string): void {
    const deadLetterArn = this.deadLetters.queueArn;
    const role = new Role(this, 'PipeRole', {
      assumedBy: new ServicePrincipal('pipes.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        Move: allow(
          {
            actions: [
              'dynamodb:DescribeStream',
              'dynamodb:GetRecords',
              'dynamodb:GetShardIterator',
              'dynamodb:ListStreams',
            ],
            resources: [source],
          },
          { actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'], resources: [target] },
          { actions: ['sqs:SendMessage'], resources: [deadLetterArn] },
        ),
      },
    });
    table.grantKey(role, 'kms:Decrypt');
    const pipe = new CfnPipe(this, 'Pipe', {
      description: 'Challenges, as they are written, into the audit archive',
      roleArn: role.roleArn,
      source,
      sourceParameters: {
        filterCriteria: { filters: [{ pattern: JSON.stringify(ARCHIVED_WRITES) }] },
        dynamoDbStreamParameters: {
          startingPosition: 'TRIM_HORIZON',
          batchSize: 100,
          maximumBatchingWindowInSeconds: 10,
          maximumRecordAgeInSeconds: TRY_FOR.toSeconds(),
          onPartialBatchItemFailure: 'AUTOMATIC_BISECT',
          deadLetterConfig: { arn: deadLetterArn },
        },
      },
      target,
      targetParameters: { inputTemplate: LINE },
    });
    // A pipe starts to read at once, so it has to wait for the grant on the key, which is a policy of its own.
    pipe.node.addDependency(role);
  }
}

const allow = (...statements: readonly { readonly actions: string[]; readonly resources: string[] }[]) =>
  new PolicyDocument({ statements: statements.map((statement) => new PolicyStatement(statement)) });
