import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInThroughEach, startAppSystem } from '../../support/apps/app-system.ts';
import { stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';

// An app as Amplify makes it: everything is in nested stacks, and the pool is CloudFormation's resource.

let system: TestSystem;
beforeAll(async () => {
  system = await startAppSystem('clinic');
});
afterAll(() => stopTestSystem(system));

describe('an app with its pool in a nested stack', () => {
  it('signs in, and its own token function runs with the names of another nested stack', async () => {
    const [signedIn] = await signInThroughEach(system, 'EmailOtp');

    expect(signedIn?.claims).toMatchObject({
      email_otp: 'verified',
      tenants: expect.stringMatching(/^amplify-clinic-sandbox-data-Tenants/),
    });
  });

  it('leaves nothing alone that belongs to the second factor', () => {
    expect(system.leftAlone).toEqual([]);
  });
});
