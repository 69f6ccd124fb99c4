import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  allowSecret,
  denyReadingToOthers,
  denyToOthers,
  denyUpdates,
  KEY_CHARACTERS,
  READ_SECRET,
  roleOf,
  WRITE_SECRET,
} from './secret-access.ts';

/**
 * The keyring that codes are derived from. The deployment generates its first key; nobody ever types one. The secret's own
 * policy denies the keys to every principal that was not granted them here, even if the account's policies allow it, but not
 * to CloudFormation, which reads a secret in order to change its tags, and updates it to change its description. So whoever may
 * read secrets *and* deploy stacks can have CloudFormation read it; `KeyWatch` reports that. The account's owner may change the
 * policy.
 */
export class CodeKey extends Construct {
  /** What a reader of the key needs in its environment. */
  readonly environment: { readonly keySecretArn: string };
  readonly secret: Secret;
  readonly #readers: string[] = [];
  readonly #writers: string[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, 'Keyring', {
      description: 'Keys of one-time codes: { "<ISO 8601 time from which it holds>": "<key>" }',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: '1970-01-01T00:00:00.000Z',
        passwordLength: KEY_CHARACTERS,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.environment = { keySecretArn: this.secret.secretArn };
    denyReadingToOthers(this.secret, this.readers);
    denyToOthers(this.secret, WRITE_SECRET, Lazy.list({ produce: () => this.#writers }));
    denyUpdates(this.secret);
  }

  /** The ARNs of the roles that may read the keys, including roles that are granted it later. */
  get readers(): string[] {
    return Lazy.list({ produce: () => this.#readers });
  }

  grantRead(reader: IFunction): void {
    const role = roleOf(reader);
    allowSecret(role, this.secret, [READ_SECRET]);
    this.#readers.push(role.roleArn);
  }

  grantRotate(role: IRole): void {
    allowSecret(role, this.secret, [READ_SECRET, ...WRITE_SECRET]);
    this.#readers.push(role.roleArn);
    this.#writers.push(role.roleArn);
  }

  /** Denies the role all access to the keys, whatever else allows it, now or later. */
  denyAccess(role: IRole): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['secretsmanager:*'],
        resources: [this.secret.secretArn],
      }),
    );
  }
}
