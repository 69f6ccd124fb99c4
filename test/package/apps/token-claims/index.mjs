// The app's own pre token generation function, for tests: adds a claim, or fails or dawdles for users whose address says so.
import { setTimeout as wait } from 'node:timers/promises';

const OWN = { claimsToAddOrOverride: { tenant: 'shop', email_otp: 'forged' } };

const RESPONSES = {
  1: { claimsOverrideDetails: OWN },
  2: { claimsAndScopeOverrideDetails: { idTokenGeneration: OWN, accessTokenGeneration: OWN } },
};

export const handler = async (event) => {
  const { email = '' } = event.request.userAttributes;
  if (email.startsWith('fails')) throw new Error('The tenant is not known');
  if (email.startsWith('slow')) await wait(20_000);
  return { ...event, response: RESPONSES[event.version] };
};
