import { Duration } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ChallengeTable } from '../data/challenge-table.ts';
import { type Written, writingStatements } from '../pool/pool-policies.ts';

export interface AttachRoleProps extends Written {
  readonly poolId: string;
  readonly table: ChallengeTable;
}

/**
 * The role that the commands `attach` and `detach` assume. It reads and writes the settings of one user pool and its clients, signs
 * its users out, and keeps the records of its clients. Every principal of the account that is allowed to assume it can do so;
 * CloudTrail shows who did.
 */
export class AttachRole extends Construct {
  readonly role: Role;
  readonly poolId: string;

  constructor(scope: Construct, id: string, { poolId, table, ...written }: AttachRoleProps) {
    super(scope, id);
    this.poolId = poolId;
    this.role = new Role(this, 'Role', {
      description: 'Attaches the one-time codes to a user pool and detaches them, and does nothing else',
      assumedBy: new AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(1),
    });
    const statements = writingStatements(
      written,
      'cognito-idp:UpdateUserPoolClient',
      'cognito-idp:ListUsers',
      'cognito-idp:AdminUserGlobalSignOut',
    );
    for (const statement of statements) this.role.addToPolicy(statement);
    table.grantClientRecords(this.role, poolId, 'dynamodb:UpdateItem', 'dynamodb:Query');
  }
}
