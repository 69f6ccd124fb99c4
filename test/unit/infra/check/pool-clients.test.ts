import {
  Aspects,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  CfnResource,
  type CfnStack,
  CrossStackReferences,
  Fn,
  NestedStack,
  ReferenceStrength,
  Stack,
} from 'aws-cdk-lib';
import { type CfnUserPool, CfnUserPoolClient, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, it } from 'vitest';
import { aShop, problemsOf, SAFE, type Shop, SRP, warningsOf } from './a-shop.ts';

/** A client with SRP that names its pool by this value. */
const named = (stack: Stack, userPoolId: string) =>
  new CfnUserPoolClient(stack, 'Client', { userPoolId, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });

const l1Of = ({ userPool }: Shop) => userPool.node.defaultChild as CfnUserPool;
const logicalIdOf = (shop: Shop) => shop.stack.getLogicalId(l1Of(shop));

describe('wherever the client comes from', () => {
  it.each<[string, (app: Shop) => unknown]>([
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
      'the ARN of the pool',
      ({ stack, userPool }) =>
        UserPool.fromUserPoolArn(stack, 'Same', userPool.userPoolArn).addClient('Client', SRP),
    ],
    [
      'the ARN of the pool, in another stack',
      ({ app, userPool }) =>
        UserPool.fromUserPoolArn(new Stack(app, 'Web'), 'Same', userPool.userPoolArn).addClient(
          'Client',
          SRP,
        ),
    ],
    ['the attribute of the plain resource', (shop) => named(shop.stack, l1Of(shop).attrUserPoolId)],
    [
      'the attribute, in another stack',
      (shop) => named(new Stack(shop.app, 'Web'), l1Of(shop).attrUserPoolId),
    ],
    ['the reference of the plain resource', (shop) => named(shop.stack, l1Of(shop).ref)],
    ['a substitution', (shop) => named(shop.stack, Fn.sub('$'.concat(`{${logicalIdOf(shop)}}`)))],
    [
      'a substitution of an attribute',
      (shop) => named(shop.stack, Fn.sub('$'.concat(`{${logicalIdOf(shop)}.UserPoolId}`))),
    ],
    [
      'a substitution of a name of its own',
      ({ stack, userPool }) => named(stack, Fn.sub('$'.concat('{Id}'), { Id: userPool.userPoolId })),
    ],
    [
      'a choice between two pools',
      ({ stack, userPool }) => {
        const other = new UserPool(stack, 'Other');
        named(stack, Fn.conditionIf('Either', userPool.userPoolId, other.userPoolId).toString());
      },
    ],
    [
      'an export that somebody wrote down',
      ({ app, stack, userPool }) => {
        new CfnOutput(stack, 'PoolId', { value: userPool.userPoolId, exportName: 'the-pool' });
        named(new Stack(app, 'Web'), Fn.importValue('the-pool'));
      },
    ],
    [
      'an output of its stack',
      ({ app, stack, userPool }) => {
        new CfnOutput(stack, 'PoolId', { value: userPool.userPoolId });
        named(new Stack(app, 'Web'), Fn.getStackOutput('Shop', 'PoolId'));
      },
    ],
    [
      'a weak reference from another stack',
      ({ app, userPool }) => {
        CrossStackReferences.of(userPool).produce(ReferenceStrength.WEAK);
        named(new Stack(app, 'Web'), userPool.userPoolId);
      },
    ],
    [
      'a parameter of a nested stack',
      ({ stack, userPool }) => {
        const web = new NestedStack(stack, 'Web', { parameters: { Pool: userPool.userPoolId } });
        named(web, new CfnParameter(web, 'Pool').valueAsString);
      },
    ],
    [
      'what a nested stack hands back',
      ({ stack, userPool }) => {
        const web = new NestedStack(stack, 'Web');
        new CfnOutput(web, 'PoolId', { value: userPool.userPoolId });
        named(
          stack,
          Fn.getAtt(stack.getLogicalId(web.nestedStackResource as CfnStack), 'Outputs.PoolId').toString(),
        );
      },
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

describe('where only the deployment can tell whose client it is', () => {
  it.each<[string, (stack: Stack) => string]>([
    ['an id', () => 'eu-west-1_AbCdEf123'],
    ['a parameter', (stack) => new CfnParameter(stack, 'PoolId').valueAsString],
    ['a stored parameter', (stack) => StringParameter.valueForStringParameter(stack, '/pool')],
    ['an export of another app', () => Fn.importValue('somebody-elses')],
    [
      'a choice between another pool of the app and a parameter',
      (stack) => {
        const other = new UserPool(stack, 'Staff').userPoolId;
        const isStaff = new CfnCondition(stack, 'IsStaff', {
          expression: Fn.conditionEquals(Fn.ref('AWS::Region'), 'x'),
        });
        const parameter = new CfnParameter(stack, 'PoolId').valueAsString;
        return Fn.conditionIf(isStaff.logicalId, other, parameter).toString();
      },
    ],
  ])('a warning names a client that may let users in without the code: %s', (_, poolId) => {
    const shop = aShop();
    const web = new Stack(shop.app, 'Web');
    named(web, poolId(web));

    expect(warningsOf(shop)).toEqual([
      expect.stringMatching(
        /^The client Web\/Client lets users .*, by ALLOW_USER_SRP_AUTH\. Only the deployment knows .* Shop\/Pool,/,
      ),
    ]);
  });

  it('nobody is warned of a client that belongs to one of two other pools of the app', () => {
    const shop = aShop();
    const [staff, guests] = ['Staff', 'Guests'].map((id) => new UserPool(shop.stack, id).userPoolId);
    const isStaff = new CfnCondition(shop.stack, 'IsStaff', { expression: Fn.conditionEquals('a', 'b') });
    named(shop.stack, Fn.conditionIf(isStaff.logicalId, staff, guests).toString());

    expect(warningsOf(shop)).toEqual([]);
  });

  it('nobody is warned of a client that asks for the code', () => {
    const shop = aShop();
    UserPool.fromUserPoolId(shop.stack, 'Other', 'eu-west-1_AbCdEf123').addClient('Client', SAFE);

    expect(warningsOf(shop)).toEqual([]);
  });

  it('the client can be allowed with a reason like any other', () => {
    const shop = aShop(undefined, { allowUnsafeClients: { 'Shop/Client': 'of the staff’s pool' } });
    named(shop.stack, 'eu-west-1_AbCdEf123');

    expect(warningsOf(shop)).toEqual([]);
  });
});
