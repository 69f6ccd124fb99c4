/** Fails synthesis if a user pool offers a way to tokens, or to a new password, without the second factor. */
import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct, IConstruct } from 'constructs';

export interface BypassCheckProps {
  readonly userPool: UserPool;
  /** The paths of clients that may allow a sign-in without the code, each with the reason. */
  readonly allowUnsafeClients: Readonly<Record<string, string>>;
  readonly allowEmailRecovery: boolean;
}

/** Custom authentication asks for the code; refresh continues a sign-in that had one. */
const SAFE_FLOWS: readonly unknown[] = [
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY', // The old name of the first; Cognito does not mix old with new.
];

type Properties = Readonly<Record<string, unknown>>;

/** The properties as CloudFormation will get them, with overrides and changes by aspects. */
const propertiesOf = (resource: CfnResource): Properties => {
  const { Resources = {} } = Stack.of(resource).resolve(resource._toCloudFormation()) as {
    readonly Resources?: Readonly<Record<string, { readonly Properties?: Properties }>>;
  };
  return Object.values(Resources)[0]?.Properties ?? {};
};

/** Whether a client, in any stack, refers to this pool. */
const belongsTo = (client: CfnResource, userPool: UserPool): boolean => {
  const stack = Stack.of(client);
  const poolId = stack.resolve(userPool.userPoolId);
  const own = userPool.stack.resolve(userPool.userPoolId);
  // In a stack that does not import this pool's id, the same reference means a resource of that stack.
  if (stack !== userPool.stack && isDeepStrictEqual(poolId, own)) return false;
  return isDeepStrictEqual(propertiesOf(client).UserPoolId, poolId);
};

/** All clients of the pool that the app has by now, in any stack. */
const clientsOf = (userPool: UserPool): readonly CfnResource[] =>
  (Stage.of(userPool) ?? userPool.node.root).node
    .findAll()
    .filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct))
    .filter(({ cfnResourceType }) => cfnResourceType === 'AWS::Cognito::UserPoolClient')
    .filter((client) => belongsTo(client, userPool));

/** The path of the construct that the app created: the L2 construct if there is one. */
const nameOf = ({ node }: IConstruct): string =>
  node.id === 'Resource' && node.scope ? node.scope.node.path : node.path;

/** The ways without the code that a client allows, in CloudFormation's words. */
const waysRound = ({ ExplicitAuthFlows, AllowedOAuthFlowsUserPoolClient }: Properties): readonly string[] => {
  const flows = ExplicitAuthFlows ?? [];
  const unsafe = Array.isArray(flows) ? flows.filter((flow) => !SAFE_FLOWS.includes(flow)) : [flows];
  return [
    ...(isDeepStrictEqual(flows, []) ? ['ALLOW_USER_SRP_AUTH (by default, as it names no flows)'] : []),
    ...unsafe.map((flow) => (typeof flow === 'string' ? flow : JSON.stringify(flow))),
    // Absent means false. A value that is known only at deployment may be true.
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

/** Recovery through the mailbox is also Cognito's default. */
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

/** Checks the whole app at synthesis, so that clients that are added later are checked too. */
export const refuseBypasses = (scope: Construct, props: BypassCheckProps): void =>
  scope.node.addValidation({
    validate: () => [...problemsOfClients(props), ...problemsOfRecovery(props)],
  });
