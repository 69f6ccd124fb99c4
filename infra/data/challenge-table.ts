import {
  AttributeType,
  Billing,
  type CfnGlobalTable,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Attribute } from '../../shared/table/item.ts';
import {
  EXPIRY_ATTRIBUTE,
  OPEN_INDEX,
  OPEN_SHARD_ATTRIBUTE,
  PARTITION_KEY,
  POOL_PREFIX,
  SORT_KEY,
  TTL_ATTRIBUTE,
  USER_PREFIX,
} from '../../shared/table/keys.ts';
import type { Settings } from '../settings/settings.ts';

export interface ChallengeTableProps
  extends Pick<Settings, 'auditArchive' | 'deletionProtection' | 'removalPolicy'> {
  /**
   * This key encrypts the table. Every role that may use the table is also granted the key.
   * @default a key that AWS owns: it costs nothing and needs no grants
   */
  readonly key?: IKey | undefined;
}

/** What callers need to be allowed if the table has a customer managed key. */
const READ_KEY = ['kms:Decrypt', 'kms:DescribeKey'] as const;
const WRITE_KEY = [...READ_KEY, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'] as const;

/** The only table: one item for each challenge with its trail, and one for each user record. */
export class ChallengeTable extends Construct {
  readonly table: TableV2;
  /** What a function that uses the table needs in its environment. */
  readonly environment: { readonly tableName: string };
  readonly #key: IKey | undefined;

  constructor(scope: Construct, id: string, props: ChallengeTableProps) {
    super(scope, id);
    const { auditArchive, deletionProtection, removalPolicy, key } = props;
    this.#key = key;
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: OPEN_INDEX,
          partitionKey: { name: OPEN_SHARD_ATTRIBUTE, type: AttributeType.STRING },
          sortKey: { name: EXPIRY_ATTRIBUTE, type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      billing: Billing.onDemand(),
      timeToLiveAttribute: TTL_ATTRIBUTE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      ...(auditArchive ? { dynamoStream: StreamViewType.NEW_IMAGE } : {}),
      deletionProtection,
      removalPolicy,
    });
    if (key) this.#encrypt(key);
    this.environment = { tableName: this.table.tableName };
  }

  /** Uses plain CloudFormation, because the CDK's construct would need to know the region at synthesis. */
  #encrypt({ keyArn }: IKey): void {
    const table = this.table.node.defaultChild as CfnGlobalTable;
    table.sseSpecification = { sseEnabled: true, sseType: 'KMS' };
    table.addPropertyOverride('Replicas.0.SSESpecification.KMSMasterKeyId', keyArn);
  }

  /** Grants actions on items only; the grants of `TableV2` would include every index. */
  grantItems(grantee: IGrantable, ...actions: readonly `dynamodb:${string}Item`[]): void {
    this.#grant(grantee, actions, [this.table.tableArn]);
    this.grantKey(grantee, ...WRITE_KEY);
  }

  /** Grants updates of these attributes of users' items only. A `*` stands for the number of a delivery. */
  grantUpdateOf(grantee: IGrantable, attributes: readonly (Attribute | 'report#*')[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:UpdateItem'],
        resources: [this.table.tableArn],
        conditions: {
          'ForAllValues:StringLike': {
            'dynamodb:Attributes': [PARTITION_KEY, SORT_KEY, ...attributes],
            // An item that began to exist under a pool's key would count as the record of a client.
            'dynamodb:LeadingKeys': [`${USER_PREFIX}*`],
          },
        },
      }),
    );
    this.grantKey(grantee, ...WRITE_KEY);
  }

  /** Grants reading a user's challenges by their keys. */
  grantQuery(grantee: IGrantable): void {
    this.#grant(grantee, ['dynamodb:Query'], [this.table.tableArn]);
    this.grantKey(grantee, ...READ_KEY);
  }

  /** Grants actions on the records of the clients of one user pool. */
  grantClientRecords(
    grantee: IGrantable,
    poolId: string,
    ...actions: readonly `dynamodb:${'UpdateItem' | 'Query'}`[]
  ): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`${POOL_PREFIX}${poolId}`] } },
      }),
    );
    this.grantKey(grantee, ...WRITE_KEY);
  }

  grantQueryOpen(grantee: IGrantable): void {
    this.#grant(grantee, ['dynamodb:Query'], [this.#openIndexArn]);
    this.grantKey(grantee, ...READ_KEY);
  }

  /** Grants reading every item, by key, by index or by a scan. */
  grantReadAll(grantee: IGrantable): void {
    const actions = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'];
    this.#grant(grantee, actions, [this.table.tableArn, this.#openIndexArn]);
    this.grantKey(grantee, ...READ_KEY);
  }

  /** Does nothing if the table has no customer managed key. */
  grantKey(grantee: IGrantable, ...actions: readonly `kms:${string}`[]): void {
    this.#key?.grant(grantee, ...actions);
  }

  get #openIndexArn(): string {
    return `${this.table.tableArn}/index/${OPEN_INDEX}`;
  }

  #grant(grantee: IGrantable, actions: readonly string[], resources: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources }));
  }
}
