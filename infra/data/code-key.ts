import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** 62^64 possibilities, more than the 256 bits that HMAC-SHA-256 can use. */
const KEY_CHARACTERS = 64;

const READ = 'secretsmanager:GetSecretValue';
/** A principal that writes the keys knows them. UpdateSecret is missing, because CloudFormation needs it for other changes. */
const WRITE = ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'];

/**
 * The keyring that codes are derived from. The deployment generates its first key; nobody ever types one. The secret's own
 * policy denies the keys to every principal that was not granted them here, even if the account's policies allow it.
 * It denies nothing else: the deployment may change the secret, and the account's owner may change the policy.
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
    this.#denyOthers([READ], this.readers);
    this.#denyOthers(WRITE, Lazy.list({ produce: () => this.#writers }));
  }

  /** The ARNs of the roles that may read the keys, including roles that are granted it later. */
  get readers(): string[] {
    return Lazy.list({ produce: () => this.#readers });
  }

  grantRead(reader: IFunction): void {
    if (reader.role === undefined) throw new Error('A function that reads the keys needs a role');
    this.#allow(reader.role, [READ]);
    this.#readers.push(reader.role.roleArn);
  }

  grantRotate(role: IRole): void {
    this.#allow(role, [READ, ...WRITE]);
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

  #allow(role: IRole, actions: string[]): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [this.secret.secretArn] }));
  }

  /** Uses a condition, because `NotPrincipal` would have to name each session of a role. */
  #denyOthers(actions: string[], roleArns: string[]): void {
    this.secret.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions,
        resources: ['*'],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': roleArns } },
      }),
    );
  }
}
