import { Duration } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { CodeKey } from '../data/code-key.ts';

export interface KeyRotationRoleProps {
  readonly codeKey: CodeKey;
}

/**
 * The role that the command `rotate-key` assumes. It reads and writes the keyring and can do nothing else. Every principal of
 * the account that is allowed to assume it can do so; CloudTrail shows who did.
 */
export class KeyRotationRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { codeKey }: KeyRotationRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Rotates the key of one-time codes, and does nothing else',
      assumedBy: new AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(1),
    });
    codeKey.grantRotate(this.role);
  }
}
