import { Duration } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ChallengeTable } from '../data/challenge-table.ts';

export interface UnlockRoleProps {
  readonly table: ChallengeTable;
}

/** Of a user record what is counted, of a challenge its trail. Whoever could write more could pass a challenge off as verified. */
const WRITTEN = ['version', 'failedRounds', 'lastFailureAt', 'events'] as const;

/**
 * The role that `npm run unlock` takes: it reads a user's items and writes the few attributes that unlocking does. Whoever
 * in the account is allowed to assume it, may; CloudTrail tells who did.
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
