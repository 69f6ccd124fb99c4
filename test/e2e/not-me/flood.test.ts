import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { aMailedUser, report } from '../../support/sign-in/mailed-link.ts';
import { startTestSystem, stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ templateFolder: inject('longCodesTemplateFolder') });
});
afterAll(() => stopTestSystem(system));

/** More than the five that the function may run at once. */
const CALLERS = 12;
const SIGN_INS = 3;

const signIn = async () => {
  const startedAt = performance.now();
  const { user, step, code, link } = await aMailedUser(system);
  const done = await answerCode(system.client, user, step, code);
  expect(done.AuthenticationResult?.IdToken).toBeDefined();
  return { link, ms: performance.now() - startedAt };
};

/** The middle one of three sign-ins, one after the other, in milliseconds. */
const medianSignIn = async (): Promise<number> => {
  const times: number[] = [];
  for (let n = 0; n < SIGN_INS; n += 1) times.push((await signIn()).ms);
  return times.toSorted((a, b) => a - b)[1] ?? expect.unreachable();
};

/** Sends forms until `stop` is called, which returns the statuses of all replies. */
const flood = (link: string) => {
  const statuses: number[] = [];
  let isOn = true;
  const caller = async () => {
    while (isOn) {
      statuses.push((await report(link)).status);
      await sleep(50);
    }
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, caller));
  return {
    stop: async () => {
      isOn = false;
      await callers;
      return statuses;
    },
  };
};

describe('a flood at the URL', () => {
  it('is throttled, and sign-ins take as long as before', async () => {
    const { link } = await signIn();
    const calm = await medianSignIn();
    const flooding = flood(link.replace('u=', 'u=x'));
    const during = await medianSignIn();
    const statuses = await flooding.stop();

    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    console.log(`A sign-in takes ${calm.toFixed()} ms, and ${during.toFixed()} ms in the flood`);
    // Both in one run, so a slow machine slows both. Behind the flood, whose forms take half a second each, it would be seconds.
    expect(during).toBeLessThan(3 * calm + 500);
  });
});
