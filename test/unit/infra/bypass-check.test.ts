import { type App, Aspects, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPool,
  CfnUserPoolClient,
  UserPool,
  UserPoolClient,
  type UserPoolClientOptions,
  type UserPoolProps,
} from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { type BypassCheckProps, refuseBypasses } from '../../../infra/bypass-check.ts';
import { anApp } from '../../support/infra/templates.ts';

/** An app with a pool to which the check is added before it has any client. */
const aShop = (
  pool: UserPoolProps = { accountRecovery: AccountRecovery.NONE },
  allowed: Partial<BypassCheckProps> = {},
) => {
  const app = anApp();
  const stack = new Stack(app, 'Shop');
  const userPool = new UserPool(stack, 'Pool', pool);
  refuseBypasses(stack, { userPool, allowUnsafeClients: {}, allowEmailRecovery: false, ...allowed });
  return { app, stack, userPool };
};

const SAFE: UserPoolClientOptions = { authFlows: { custom: true }, disableOAuth: true };
const SRP: UserPoolClientOptions = { authFlows: { custom: true, userSrp: true }, disableOAuth: true };

/** The errors of the synthesis, one line each. */
const problemsOf = ({ app }: { readonly app: App }): readonly string[] => {
  try {
    app.synth();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
};

const withClient = (properties: Readonly<Record<string, unknown>>) => {
  const it = aShop();
  new CfnUserPoolClient(it.stack, 'Client', { userPoolId: it.userPool.userPoolId, ...properties });
  return it;
};

describe('a client that asks for the code', () => {
  it.each([
    [['ALLOW_CUSTOM_AUTH']],
    [['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']],
    [['CUSTOM_AUTH_FLOW_ONLY']],
  ])('is taken: %j', (explicitAuthFlows) => {
    expect(problemsOf(withClient({ explicitAuthFlows }))).toEqual([]);
  });

  it('is taken as the construct makes it', () => {
    const app = aShop();
    app.userPool.addClient('Web', SAFE);

    expect(problemsOf(app)).toEqual([]);
  });
});

describe('a client that does not', () => {
  it.each([
    'ALLOW_USER_SRP_AUTH',
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    'ALLOW_USER_AUTH',
    'ADMIN_NO_SRP_AUTH',
    'USER_PASSWORD_AUTH',
    'ALLOW_WHATEVER_COMES_NEXT',
  ])('is refused by name: %s', (flow) => {
    const [problem, ...others] = problemsOf(withClient({ explicitAuthFlows: ['ALLOW_CUSTOM_AUTH', flow] }));

    expect(others).toEqual([]);
    expect(problem).toContain(`The client Shop/Client lets users sign in without the code, by ${flow}.`);
    expect(problem).toContain('authFlows: { custom: true } and disableOAuth: true');
    expect(problem).toContain("allowUnsafeClients: { 'Shop/Client': 'why' }");
  });

  it.each([
    ['no flows', {}],
    ['an empty list of flows', { explicitAuthFlows: [] }],
  ])('is refused for %s, because Cognito then allows SRP alone', (_, properties) => {
    expect(problemsOf(withClient(properties))).toEqual([expect.stringContaining('ALLOW_USER_SRP_AUTH')]);
  });

  it('is refused for flows that only the deployment knows', () => {
    const explicitAuthFlows = Fn.split(',', Fn.importValue('flows'));

    expect(problemsOf(withClient({ explicitAuthFlows }))).toEqual([expect.stringContaining('Fn::Split')]);
  });

  it.each([true, 'true', Fn.conditionIf('Production', true, false)])('is refused for OAuth: %j', (oAuth) => {
    const app = withClient({ explicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
    const client = app.stack.node.findChild('Client') as CfnUserPoolClient;
    client.addPropertyOverride('AllowedOAuthFlowsUserPoolClient', app.stack.resolve(oAuth));

    expect(problemsOf(app)).toEqual([expect.stringContaining('without the code, by OAuth.')]);
  });

  it('is refused with all that it allows, which by default is SRP and OAuth', () => {
    const app = aShop();
    app.userPool.addClient('Web');

    const problems = problemsOf(app);

    expect(problems).toEqual([expect.stringMatching(/Shop\/Pool\/Web .*ALLOW_USER_SRP_AUTH.*, OAuth\./)]);
  });
});

describe('wherever the client comes from', () => {
  it.each<[string, (app: ReturnType<typeof aShop>) => unknown]>([
    [
      'another stack',
      ({ app, userPool }) => new UserPoolClient(new Stack(app, 'Web'), 'Client', { userPool, ...SRP }),
    ],
    [
      'a nested stack',
      ({ stack, userPool }) =>
        new UserPoolClient(new NestedStack(stack, 'Web'), 'Client', { userPool, ...SRP }),
    ],
    [
      'an imported pool',
      ({ stack, userPool }) =>
        UserPool.fromUserPoolId(stack, 'Same', userPool.userPoolId).addClient('Client', SRP),
    ],
    [
      'a plain resource',
      ({ stack, userPool }) =>
        new CfnResource(stack, 'Client', {
          type: 'AWS::Cognito::UserPoolClient',
          properties: { UserPoolId: { Ref: stack.getLogicalId(userPool.node.defaultChild as CfnUserPool) } },
        }),
    ],
    [
      'an override',
      ({ userPool }) =>
        (userPool.addClient('Client', SAFE).node.defaultChild as CfnUserPoolClient).addPropertyOverride(
          'ExplicitAuthFlows.1',
          'ALLOW_USER_SRP_AUTH',
        ),
    ],
    [
      'an aspect',
      ({ app, userPool }) => {
        userPool.addClient('Client', SAFE);
        Aspects.of(app).add({
          visit: (node) => {
            if (node instanceof CfnUserPoolClient) node.explicitAuthFlows = ['ALLOW_USER_SRP_AUTH'];
          },
        });
      },
    ],
  ])('it is found: %s', (_, addClient) => {
    const app = aShop();
    addClient(app);

    expect(problemsOf(app)).toEqual([expect.stringContaining('ALLOW_USER_SRP_AUTH')]);
  });

  it('it is not taken for a client of another pool', () => {
    const app = aShop();
    new UserPool(app.stack, 'Staff').addClient('Client', SRP);
    // This client has the same logical id, in another stack.
    new UserPool(new Stack(app.app, 'Twin'), 'Pool').addClient('Client', SRP);

    expect(problemsOf(app)).toEqual([]);
  });
});

describe('allowUnsafeClients', () => {
  const appWith = (allowUnsafeClients: Readonly<Record<string, string>>) => {
    const app = aShop(undefined, { allowUnsafeClients });
    app.userPool.addClient('Web', SAFE);
    app.userPool.addClient('Import', SRP);
    app.userPool.addClient('Admin', SRP);
    return app;
  };
  const REASON = 'until the old app is gone';

  it('allows a client by its path, and no other', () => {
    expect(problemsOf(appWith({ 'Shop/Pool/Import': REASON }))).toEqual([
      expect.stringContaining('The client Shop/Pool/Admin '),
    ]);
    expect(problemsOf(appWith({ 'Shop/Pool/Import': REASON, 'Shop/Pool/Admin': REASON }))).toEqual([]);
  });

  it.each(['Shop/Pool/Web', 'Shop/Pool/Gone'])('names no client that needs no permission: %s', (name) => {
    const problems = problemsOf(
      appWith({ 'Shop/Pool/Import': REASON, 'Shop/Pool/Admin': REASON, [name]: REASON }),
    );

    expect(problems).toEqual([
      expect.stringContaining(`allowUnsafeClients names ${name}, which is no client`),
    ]);
  });

  it('wants a reason', () => {
    const problems = problemsOf(appWith({ 'Shop/Pool/Import': ' ', 'Shop/Pool/Admin': REASON }));

    expect(problems).toEqual([expect.stringContaining('has to say why it names Shop/Pool/Import')]);
  });
});

describe('account recovery', () => {
  it.each([
    ['NONE', AccountRecovery.NONE],
    ['PHONE_ONLY_WITHOUT_MFA', AccountRecovery.PHONE_ONLY_WITHOUT_MFA],
  ])('by other ways than the mailbox is taken: %s', (_, accountRecovery) => {
    expect(problemsOf(aShop({ accountRecovery }))).toEqual([]);
  });

  it.each<[string, UserPoolProps]>([
    ['EMAIL_ONLY', { accountRecovery: AccountRecovery.EMAIL_ONLY }],
    ['EMAIL_AND_PHONE_WITHOUT_MFA', { accountRecovery: AccountRecovery.EMAIL_AND_PHONE_WITHOUT_MFA }],
    ['PHONE_WITHOUT_MFA_AND_EMAIL', { accountRecovery: AccountRecovery.PHONE_WITHOUT_MFA_AND_EMAIL }],
    ['PHONE_AND_EMAIL', { accountRecovery: AccountRecovery.PHONE_AND_EMAIL }],
    ['the default', {}],
  ])('by the mailbox is refused: %s', (_, props) => {
    const [problem, ...others] = problemsOf(aShop(props));

    expect(others).toEqual([]);
    expect(problem).toContain('The user pool Shop/Pool lets whoever reads the mailbox replace the password');
    expect(problem).toContain('AccountRecovery.NONE or PHONE_ONLY_WITHOUT_MFA');
  });

  it('by the mailbox is taken when that is said', () => {
    expect(problemsOf(aShop({}, { allowEmailRecovery: true }))).toEqual([]);
  });

  it('that is overridden is seen', () => {
    const app = aShop();
    const pool = app.userPool.node.defaultChild as CfnUserPool;
    pool.addPropertyDeletionOverride('AccountRecoverySetting');

    expect(problemsOf(app)).toEqual([expect.stringContaining('replace the password')]);
  });
});
