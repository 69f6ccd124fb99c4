import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  EXPIRY_ATTRIBUTE,
  OPEN_INDEX,
  OPEN_SHARD_ATTRIBUTE,
  PARTITION_KEY,
  SORT_KEY,
  TTL_ATTRIBUTE,
} from '../../shared/table.ts';
import type { Settings } from '../settings.ts';

/** The one table: a challenge's state and trail in one item, a user's guard in another. Kept when the stack goes. */
export class ChallengeTable extends Construct {
  readonly table: TableV2;
  /** What whoever uses the table needs in its environment. */
  readonly environment: { readonly TABLE_NAME: string };

  constructor(scope: Construct, id: string, settings: Pick<Settings, 'auditArchive' | 'deletionProtection'>) {
    super(scope, id);
    const { auditArchive, deletionProtection } = settings;
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
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.environment = { TABLE_NAME: this.table.tableName };
  }

  /** Actions on items alone; the table's own grants would include every index. */
  grantItems(grantee: IGrantable, ...actions: readonly `dynamodb:${string}Item`[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: [...actions], resources: [this.table.tableArn] }),
    );
  }

  /** A user's challenges, by their keys. */
  grantQuery(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['dynamodb:Query'], resources: [this.table.tableArn] }),
    );
  }

  grantQueryOpen(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [`${this.table.tableArn}/index/${OPEN_INDEX}`],
      }),
    );
  }

  /** Every item, by key, by index or one after the other. */
  grantReadAll(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
        resources: [this.table.tableArn, `${this.table.tableArn}/index/${OPEN_INDEX}`],
      }),
    );
  }
}
