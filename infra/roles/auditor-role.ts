import { Duration, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { AuditArchive } from '../data/audit-archive.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { CodeKey } from '../data/code-key.ts';

export interface AuditorRoleProps {
  readonly table: ChallengeTable;
  readonly codeKey: CodeKey;
  /** Absent unless the setting `auditArchive` is on. */
  readonly archive: AuditArchive | undefined;
}

/**
 * The role that reads the trail, changes nothing and cannot read the key of the codes. Whoever in the account is allowed
 * to assume it, may. It sees the user records (send and failure counts, no address) too: IAM's conditions on items know the
 * partition key alone (`dynamodb:LeadingKeys`), and a user's record and challenges share theirs.
 */
export class AuditorRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { table, codeKey, archive }: AuditorRoleProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.role = new Role(this, 'Role', {
      description: 'Reads the audit trail of one-time codes, and nothing else',
      assumedBy: new AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(1),
    });
    table.grantReadAll(this.role);
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['cloudformation:DescribeStacks'],
        // A stack that is asked for by name is checked with a literal asterisk in place of its id.
        resources: [
          stack.formatArn({
            service: 'cloudformation',
            resource: 'stack',
            resourceName: `${stack.stackName}/*`,
          }),
        ],
      }),
    );
    archive?.grantRead(this.role);
    codeKey.denyAccess(this.role);
  }
}
