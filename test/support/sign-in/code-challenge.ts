/** What a client is told of a challenge, as the tests of the page and of the command have it. */
import type { CodeChallenge } from '../../../shared/messages/public-parameters.ts';

/** The first mail of a challenge of five minutes, `now`. */
export const aCodeChallenge = (now: number, changes: Partial<CodeChallenge> = {}): CodeChallenge => ({
  status: 'NEW',
  destination: 'a***@e***.com',
  codeLength: 6,
  attemptsLeft: 5,
  expiresAt: now + 300_000,
  resendAt: now + 30_000,
  delivery: 'SENDING',
  deliveryNumber: 1,
  sendLimited: false,
  ...changes,
});
