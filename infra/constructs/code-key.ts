import { RemovalPolicy } from 'aws-cdk-lib';
import { Effect, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** 62^64 possibilities, more than the 256 bits that HMAC-SHA-256 can use. */
const KEY_CHARACTERS = 64;

/** The keyring that codes are derived from. The deployment generates its first key; nobody ever types one. */
export class CodeKey extends Construct {
  /** What a reader of the key needs in its environment. */
  readonly environment: { readonly KEY_SECRET_ARN: string };
  readonly #secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#secret = new Secret(this, 'Keyring', {
      description: 'Keys of one-time codes: { "<ISO 8601 time from which it holds>": "<key>" }',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: '1970-01-01T00:00:00.000Z',
        passwordLength: KEY_CHARACTERS,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.environment = { KEY_SECRET_ARN: this.#secret.secretArn };
  }

  grantRead(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.#secret.secretArn],
      }),
    );
  }

  /** Holds against whatever else the grantee is allowed, now or later. */
  denyAccess(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['secretsmanager:*'],
        resources: [this.#secret.secretArn],
      }),
    );
  }
}
