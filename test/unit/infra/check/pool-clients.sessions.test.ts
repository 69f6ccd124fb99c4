import { Duration, Stack } from 'aws-cdk-lib';
import { type CfnUserPool, CfnUserPoolClient, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { shortestSession } from '../../../../infra/check/pool-clients.ts';
import { aShop, SAFE, type Shop } from './a-shop.ts';

describe('the shortest session of the pool', () => {
  const shortest = (shop: Shop): string => {
    const text = shortestSession(shop.userPool.node.defaultChild as CfnUserPool);
    shop.app.synth();
    return shop.stack.resolve(text);
  };

  it('is that of the client that waits least for a code, also of one that is added later', () => {
    const shop = aShop();
    shop.userPool.addClient('Web', { ...SAFE, authSessionValidity: Duration.minutes(15) });
    const web = new Stack(shop.app, 'Web');
    const text = shortestSession(shop.userPool.node.defaultChild as CfnUserPool);
    new UserPoolClient(web, 'App', {
      userPool: shop.userPool,
      ...SAFE,
      authSessionValidity: Duration.minutes(7),
    });
    shop.app.synth();

    expect(shop.stack.resolve(text)).toBe('420');
  });

  it('is Cognito’s default for a client that does not say it, and where the app has no client', () => {
    const shop = aShop();
    new CfnUserPoolClient(shop.stack, 'Client', {
      userPoolId: shop.userPool.userPoolId,
      explicitAuthFlows: ['ALLOW_CUSTOM_AUTH'],
    });

    expect(shortest(shop)).toBe('180');
    expect(shortest(aShop())).toBe('180');
  });

  it('does not look at clients in which nobody gives a code, or of another pool', () => {
    const shop = aShop(undefined, { allowUnsafeClients: { 'Shop/Pool/Machines': 'no users' } });
    shop.userPool.addClient('Web', SAFE);
    shop.userPool.addClient('Machines', {
      ...SAFE,
      authFlows: { adminUserPassword: true },
      authSessionValidity: Duration.minutes(4),
    });
    new UserPool(shop.stack, 'Staff').addClient('Web', { ...SAFE, authSessionValidity: Duration.minutes(5) });

    expect(shortest(shop)).toBe('900');
  });
});
