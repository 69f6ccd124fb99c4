import { Duration } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ChallengeTable } from '../data/challenge-table.ts';

export interface UnlockRoleProps {
  readonly table: ChallengeTable;
}

/** The failures, the block and the counted orders of a user, and the trail. With more attributes the role could mark a challenge as verified. */
const WRITTEN = [
  'version',
  'failedRounds',
  'lastFailureAt',
  'blockedUntil',
  'orders',
  'sends',
  'events',
] as const;

/**
 * The role that the command `unlock` assumes. It reads a user's items and writes only the attributes that unlocking changes.
 * Every principal of the account that is allowed to assume it can do so; CloudTrail shows who did.
 */
export class UnlockRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { table }: UnlockRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Unlocks users who gave too many wrong one-time codes, and does nothing else',
      assumedBy: new AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(1),
    });
    table.grantItems(this.role, 'dynamodb:GetItem');
    table.grantQuery(this.role);
    table.grantUpdateOf(this.role, WRITTEN);
  }
}
