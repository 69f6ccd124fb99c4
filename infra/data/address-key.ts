import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  allowSecret,
  denyReadingToOthers,
  denyToAll,
  denyUpdates,
  KEY_CHARACTERS,
  READ_SECRET,
  roleOf,
  WRITE_SECRET,
} from './secret-access.ts';

/**
 * The key of the hashes that stand for addresses in the table. The deployment generates it; it is never rotated. It is worth
 * no code: who has it can only tell, of an address that they know already, whose challenge went there. So no alarm watches
 * who asks for it.
 */
export class AddressKey extends Construct {
  /** What a reader of the key needs in its environment. */
  readonly environment: { readonly addressKeySecretArn: string };
  readonly #secret: Secret;
  readonly #readers: string[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#secret = new Secret(this, 'Secret', {
      description: 'Key of the hashes of addresses; it is worth no one-time code',
      generateSecretString: { passwordLength: KEY_CHARACTERS, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.environment = { addressKeySecretArn: this.#secret.secretArn };
    denyReadingToOthers(this.#secret, Lazy.list({ produce: () => this.#readers }));
    // Another key would make every challenge one of another address.
    denyToAll(this.#secret, WRITE_SECRET);
    denyUpdates(this.#secret);
  }

  grantRead(reader: IFunction): void {
    const role = roleOf(reader);
    allowSecret(role, this.#secret, [READ_SECRET]);
    this.#readers.push(role.roleArn);
  }
}
