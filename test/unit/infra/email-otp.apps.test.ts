import { type App, Duration, NestedStack, Stack, type StackProps, Stage, Tags } from 'aws-cdk-lib';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { EmailOtp } from '../../../infra/email-otp.ts';
import { anApp } from '../../support/infra/templates.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const addOtp = (stack: Stack, id = 'EmailOtp') => {
  const userPool = new UserPool(stack, 'Pool', { accountRecovery: AccountRecovery.NONE });
  userPool.addClient('Web', {
    authFlows: { custom: true },
    disableOAuth: true,
    authSessionValidity: Duration.minutes(15),
  });
  new EmailOtp(stack, id, { userPool, emailSender: 'otp@example.com', auditArchive: true, tracing: true });
  return stack;
};

/** The resources of the stack, which may be in a stage. */
const resourcesOf = (app: App, { artifactId }: Stack): readonly Resource[] => {
  const assembly = app.synth();
  const stacks = [assembly, ...assembly.nestedAssemblies.map(({ nestedAssembly }) => nestedAssembly)];
  const found = stacks.flatMap((one) => one.stacks).find(({ id }) => id === artifactId);
  return Object.values(found?.template.Resources ?? {});
};

const ofType = (resources: readonly Resource[], type: string) =>
  resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

const NAMES = ['LogGroupName', 'AlarmName', 'DashboardName'];
const namesOf = (resources: readonly Resource[]): readonly string[] =>
  resources
    .flatMap(({ Properties }) => NAMES.map((name) => Properties[name]))
    .filter((name): name is string => typeof name === 'string');

describe('an app', () => {
  it.each<[string, (app: App) => Stack]>([
    ['with stages', (app) => new Stack(new Stage(app, 'Prod'), 'Shop')],
    [
      'with a qualifier of its own',
      (app) => {
        app.node.setContext('@aws-cdk/core:bootstrapQualifier', 'abc123xyz');
        return new Stack(app, 'Shop');
      },
    ],
    [
      'for one account and region',
      (app) => new Stack(app, 'Shop', { env: { account: '111122223333', region: 'cn-north-1' } }),
    ],
  ])('%s gets the seven functions', (_, makeStack) => {
    const app = anApp();
    const resources = resourcesOf(app, addOtp(makeStack(app)));

    expect(ofType(resources, 'AWS::Lambda::Function')).toHaveLength(7);
  });

  it('may have the second factor in a nested stack, whose names begin with the outer one', () => {
    const app = anApp();
    const outer = new Stack(app, 'Shop');
    const nested = addOtp(new NestedStack(outer, 'Auth'));
    app.synth();
    const names = nested.node
      .findAll()
      .map((one) => (one as Construct & { readonly logGroupName?: string }).logGroupName)
      .filter((name) => name?.startsWith('/aws/'));

    expect(names).toContain('/aws/vendedlogs/states/Shop-Auth-EmailOtp-delivery-workflow');
  });

  it('may set a permissions boundary, which every role gets', () => {
    const app = anApp();
    const stack = addOtp(new Stack(app, 'Shop'));
    PermissionsBoundary.of(app).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'Boundary'));
    const roles = ofType(resourcesOf(app, stack), 'AWS::IAM::Role');

    expect(roles.length).toBeGreaterThan(12);
    for (const { PermissionsBoundary: boundary } of roles)
      expect(JSON.stringify(boundary)).toContain('policy/Boundary');
  });

  it('may tag everything', () => {
    const app = anApp();
    const stack = addOtp(new Stack(app, 'Shop'));
    Tags.of(app).add('team', 'accounts');
    const resources = resourcesOf(app, stack);

    for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::SecretsManager::Secret']) {
      for (const { Tags: tags } of ofType(resources, type)) {
        expect(tags).toEqual([{ Key: 'team', Value: 'accounts' }]);
      }
    }
  });
});

describe('names of the app’s own making', () => {
  const ODD = ['Email.Otp', 'Zweiter Faktor', 'Prüfung', 'email_otp', '1otp', 'Ü'];
  const valid = /^[\w./#-]{1,512}$/;

  it.each<[string, string, StackProps]>([
    ...ODD.map((id) => ['Shop', id, {}] as [string, string, StackProps]),
    ...ODD.map((id) => [id, 'EmailOtp', { stackName: 'Zweiter-Faktor' }] as [string, string, StackProps]),
  ])('make names that AWS takes: stack %j, construct %j', (stackId, id, props) => {
    const app = anApp();
    const names = namesOf(resourcesOf(app, addOtp(new Stack(app, stackId, props), id)));

    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(valid);
  });
});
