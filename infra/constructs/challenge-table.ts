import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE } from '../../shared/table.ts';
import type { Settings } from '../settings.ts';

/** The one table: a challenge's state and trail in one item, a user's guard in another. Kept when the stack goes. */
export class ChallengeTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { deletionProtection }: Pick<Settings, 'deletionProtection'>) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute: TTL_ATTRIBUTE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
