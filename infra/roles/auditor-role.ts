import { Duration, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { AuditArchive } from '../data/audit-archive.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { CodeKey } from '../data/code-key.ts';

export interface AuditorRoleProps {
  readonly table: ChallengeTable;
  readonly codeKey: CodeKey;
  /** Undefined unless the setting `auditArchive` is on. */
  readonly archive: AuditArchive | undefined;
}

/**
 * The role that reads the trail. It changes nothing and cannot read the keys of the codes. Every principal of the account
 * that is allowed to assume it can do so. It can also read the user records (counts, no address): IAM can restrict items
 * only by their partition key (`dynamodb:LeadingKeys`), which a user's record and challenges share.
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
        // If a stack is asked for by name, CloudFormation checks an ARN with an asterisk in place of the stack's id.
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
