import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Challenge } from '../../../shared/domain/challenge.ts';
import { signInThroughEach, startAppSystem } from '../../support/apps/app-system.ts';
import { stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';

// Two pools of one stack, each with an EmailOtp: one system runs both, and keeps them apart.

let system: TestSystem;
beforeAll(async () => {
  system = await startAppSystem('two-pools');
});
afterAll(() => stopTestSystem(system));

const ask = async <Answer>(path: string): Promise<Answer> =>
  (await (await fetch(`${system.url}/_local/${path}`)).json()) as Answer;

describe('an app with two pools', () => {
  it('signs in to each by its own rules, with a trail of its own', async () => {
    const [staff] = await signInThroughEach(system, 'StaffOtp');
    const [guest] = await signInThroughEach(system, 'GuestsOtp');

    expect([staff?.code.length, guest?.code.length]).toEqual([8, 6]);
    expect(staff?.claims.iss).not.toBe(guest?.claims.iss);
    for (const [otp, signedIn] of [
      ['StaffOtp', staff],
      ['GuestsOtp', guest],
    ] as const) {
      const trail = await ask<readonly Challenge[]>(`challenges.json?otp=${otp}`);
      expect(trail.map(({ userId }) => userId)).toEqual([signedIn?.claims.sub]);
    }
  });

  it('shows the first unless another is asked for, and says which there are', async () => {
    const [staff, guests] = system.otps;

    expect(await ask('otps.json')).toEqual([{ id: 'StaffOtp' }, { id: 'GuestsOtp' }]);
    expect(await ask('config.json')).toMatchObject({ userPoolId: staff?.outputs.UserPoolId });
    expect(await ask('config.json?otp=GuestsOtp')).toMatchObject({ userPoolId: guests?.outputs.UserPoolId });
    expect(await ask('dashboard.json?otp=GuestsOtp')).toMatchObject({ name: 'Portal-GuestsOtp-us-east-1' });
    expect(await ask('config.json?otp=Nobody')).toMatchObject({ message: 'otp: StaffOtp or GuestsOtp' });
  });
});
