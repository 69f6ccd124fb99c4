/** Fails synthesis when a user pool offers a way to tokens, or to the password, that leaves out the second factor. */
import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct, IConstruct } from 'constructs';

export interface BypassCheckProps {
  readonly userPool: UserPool;
  /** Paths of clients that may offer a way round the code, and why. */
  readonly allowUnsafeClients: Readonly<Record<string, string>>;
  readonly allowEmailRecovery: boolean;
}

/** Custom authentication, which asks for the code, and refresh, which continues a sign-in that had it. */
const SAFE_FLOWS: readonly unknown[] = [
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY', // The old name of the first; Cognito does not mix old with new.
];

type Properties = Readonly<Record<string, unknown>>;

/** As CloudFormation will get them, overrides and changes by aspects included. */
const propertiesOf = (resource: CfnResource): Properties => {
  const { Resources = {} } = Stack.of(resource).resolve(resource._toCloudFormation()) as {
    readonly Resources?: Readonly<Record<string, { readonly Properties?: Properties }>>;
  };
  return Object.values(Resources)[0]?.Properties ?? {};
};

/** Whether a client, of whatever stack, refers to this pool. */
const belongsTo = (client: CfnResource, userPool: UserPool): boolean => {
  const stack = Stack.of(client);
  const poolId = stack.resolve(userPool.userPoolId);
  const own = userPool.stack.resolve(userPool.userPoolId);
  // In a stack that does not import this pool's id, the same reference is to a resource of its own.
  if (stack !== userPool.stack && isDeepStrictEqual(poolId, own)) return false;
  return isDeepStrictEqual(propertiesOf(client).UserPoolId, poolId);
};

/** All that the app has by now, in whatever stack. */
const clientsOf = (userPool: UserPool): readonly CfnResource[] =>
  (Stage.of(userPool) ?? userPool.node.root).node
    .findAll()
    .filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct))
    .filter(({ cfnResourceType }) => cfnResourceType === 'AWS::Cognito::UserPoolClient')
    .filter((client) => belongsTo(client, userPool));

/** The path of the construct that the app made: the L2 if there is one. */
const nameOf = ({ node }: IConstruct): string =>
  node.id === 'Resource' && node.scope ? node.scope.node.path : node.path;

/** What a client allows besides the way through the code, in CloudFormation's words. */
const waysRound = ({ ExplicitAuthFlows, AllowedOAuthFlowsUserPoolClient }: Properties): readonly string[] => {
  const flows = ExplicitAuthFlows ?? [];
  const unsafe = Array.isArray(flows) ? flows.filter((flow) => !SAFE_FLOWS.includes(flow)) : [flows];
  return [
    ...(isDeepStrictEqual(flows, []) ? ['ALLOW_USER_SRP_AUTH (by default, as it names no flows)'] : []),
    ...unsafe.map((flow) => (typeof flow === 'string' ? flow : JSON.stringify(flow))),
    // Absent is false; what cannot be read before the deployment may be true.
    ...(String(AllowedOAuthFlowsUserPoolClient ?? false) === 'false' ? [] : ['OAuth']),
  ];
};

const problemsOfClients = ({ userPool, allowUnsafeClients }: BypassCheckProps): readonly string[] => {
  const unsafe = clientsOf(userPool)
    .map((client) => ({ name: nameOf(client), ways: waysRound(propertiesOf(client)) }))
    .filter(({ ways }) => ways.length > 0);
  const refused = unsafe
    .filter(({ name }) => !Object.hasOwn(allowUnsafeClients, name))
    .map(
      ({ name, ways }) =>
        `The client ${name} lets users sign in without the code, by ${ways.join(', ')}. ` +
        'Create it with authFlows: { custom: true } and disableOAuth: true (in CloudFormation, ' +
        'ExplicitAuthFlows: [ALLOW_CUSTOM_AUTH, ALLOW_REFRESH_TOKEN_AUTH] and no OAuth), ' +
        `or allow it with a reason: allowUnsafeClients: { '${name}': 'why' }`,
    );
  const misused = Object.entries(allowUnsafeClients).flatMap(([name, reason]) => {
    if (!unsafe.some((client) => client.name === name))
      return [`allowUnsafeClients names ${name}, which is no client of this pool, or a safe one; remove it`];
    return reason.trim() === '' ? [`allowUnsafeClients has to say why it names ${name}`] : [];
  });
  return [...refused, ...misused];
};

/** Cognito's default, too, is recovery by the mailbox. */
const recoversByEmail = ({ AccountRecoverySetting }: Properties): boolean => {
  const { RecoveryMechanisms } = (AccountRecoverySetting ?? {}) as { readonly RecoveryMechanisms?: unknown };
  if (!Array.isArray(RecoveryMechanisms) || RecoveryMechanisms.length === 0) return true;
  return !RecoveryMechanisms.every(({ Name }) => ['admin_only', 'verified_phone_number'].includes(Name));
};

const problemsOfRecovery = ({ userPool, allowEmailRecovery }: BypassCheckProps): readonly string[] => {
  const pool = userPool.node.defaultChild as CfnResource;
  if (allowEmailRecovery || !recoversByEmail(propertiesOf(pool))) return [];
  return [
    `The user pool ${userPool.node.path} lets whoever reads the mailbox replace the password, and the codes go there too, ` +
      'so the mailbox alone would do. Create it with accountRecovery: AccountRecovery.NONE or PHONE_ONLY_WITHOUT_MFA, ' +
      'or accept that: allowEmailRecovery: true',
  ];
};

/** Looks at the whole app when it is synthesized, so at what is added later as well. */
export const refuseBypasses = (scope: Construct, props: BypassCheckProps): void =>
  scope.node.addValidation({
    validate: () => [...problemsOfClients(props), ...problemsOfRecovery(props)],
  });
