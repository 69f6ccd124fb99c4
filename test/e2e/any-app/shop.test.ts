import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInThroughEach, startAppSystem } from '../../support/apps/app-system.ts';
import { stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';

// An app that was not written for the local system: only its second factor is run.

let system: TestSystem;
beforeAll(async () => {
  system = await startAppSystem('shop');
});
afterAll(() => stopTestSystem(system));

describe('an app with a bucket, a queue and an API', () => {
  it('signs in through each of its clients', async () => {
    const [{ clients } = { clients: [] }] = system.otps;

    const signedIn = await signInThroughEach(system, 'SecondFactor');

    expect(clients.map(({ name }) => name)).toEqual(['CustomersWeb', 'mobile']);
    expect(signedIn.map(({ claims }) => claims.aud)).toEqual(clients.map(({ clientId }) => clientId));
    expect(signedIn[0]?.claims.iss).toBe(`${system.url}/${system.poolId}`);
  });

  it('is in its own region and account', () => {
    const { UserPoolId, StateMachineArn } = system.outputs;

    expect(system.region).toBe('eu-west-1');
    expect(UserPoolId).toMatch(/^eu-west-1_/);
    expect(StateMachineArn).toMatch(/^arn:aws:states:eu-west-1:111122223333:stateMachine:Shop-SecondFactor/);
  });

  it('is left alone where it has nothing to do with the second factor', () => {
    const named = system.leftAlone.map(({ type, name }) => `${type} ${name}`);

    expect(named).toEqual(
      expect.arrayContaining([
        'AWS::S3::Bucket Uploads',
        'AWS::SQS::Queue Orders',
        'AWS::Lambda::Function Backend',
        'AWS::Events::Rule Nightly',
        'AWS::ApiGateway::RestApi Api',
      ]),
    );
    expect(named.filter((name) => name.includes('SecondFactor') || name.includes('Cognito'))).toEqual([]);
  });
});
