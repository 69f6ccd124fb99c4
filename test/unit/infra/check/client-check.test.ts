import { Duration, Fn, Validations } from 'aws-cdk-lib';
import { CfnUserPoolClient, ClientAttributes, type UserPoolClientOptions } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { aShop, problemsOf, SAFE, SRP, warningsOf } from './a-shop.ts';

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

/** The warnings about a client, without those about anything else. */
const warningsAbout = (client: UserPoolClientOptions, codeSeconds = 300): readonly string[] => {
  const shop = aShop(undefined, { codeSeconds });
  shop.userPool.addClient('Web', { ...SAFE, ...client });
  return warningsOf(shop);
};

describe('a client without a fault', () => {
  it('gets no warning', () => {
    expect(warningsAbout({ authSessionValidity: Duration.minutes(5) })).toEqual([]);
  });
});

describe('a client whose sessions end before its codes', () => {
  it('is named', () => {
    expect(warningsAbout({ authSessionValidity: Duration.minutes(9) }, 600)).toEqual([
      expect.stringContaining('The client Shop/Pool/Web waits 9 minutes for a code that is valid for 10'),
    ]);
    expect(warningsAbout({ authSessionValidity: Duration.minutes(10) }, 600)).toEqual([]);
  });

  it.each([
    ['no time, which is 3 minutes', undefined],
    ['a time that only the deployment knows, which may be the shortest', { 'Fn::ImportValue': 'time' }],
  ])('is named for %s', (_, time) => {
    const shop = aShop();
    const { node } = shop.userPool.addClient('Web', SAFE);
    (node.defaultChild as CfnUserPoolClient).addPropertyOverride('AuthSessionValidity', time);

    expect(warningsOf(shop)).toEqual([expect.stringContaining('waits 3 minutes')]);
  });

  it('is of no interest if users do not sign in there with a code', () => {
    const shop = aShop(undefined, { allowUnsafeClients: { 'Shop/Pool/Machines': 'no users' } });
    shop.userPool.addClient('Machines', { ...SAFE, authFlows: { adminUserPassword: true } });

    expect(warningsOf(shop)).toEqual([]);
  });
});

describe('a client that lets users write their address', () => {
  it.each([
    ['by name', { writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }) }],
    ['as it names no attributes', { writeAttributes: new ClientAttributes() }],
  ])('is named: %s', (_, client) => {
    expect(warningsAbout(client)).toEqual([
      expect.stringMatching(
        /^The client Shop\/Pool\/Web lets users write their email address.* \[ack: .*WritableEmail\]$/,
      ),
    ]);
  });
});

describe('a client that tells strangers which users exist', () => {
  it('is named', () => {
    expect(warningsAbout({ preventUserExistenceErrors: false })).toEqual([
      expect.stringMatching(/^The client Shop\/Pool\/Web tells .* preventUserExistenceErrors: true/),
    ]);
  });

  it('is not named again if somebody has said why', () => {
    const shop = aShop();
    const client = shop.userPool.addClient('Web', { ...SAFE, preventUserExistenceErrors: false });
    Validations.of(client).acknowledge({ id: 'EmailOtp-RevealsUsers', reason: 'names are public here' });

    expect(warningsOf(shop)).toEqual([]);
  });
});
