/** A challenge as a client sees it, for the tests of the page and of the command. */
import type { CodeChallenge } from '../../../shared/messages/public-parameters.ts';

/** A challenge of five minutes whose first mail is ordered at `now`. */
export const aCodeChallenge = (now: number, changes: Partial<CodeChallenge> = {}): CodeChallenge => ({
  status: 'NEW',
  destination: 'a***@e***.com',
  codeLength: 6,
  attemptsLeft: 5,
  expiresAt: now + 300_000,
  resendAt: now + 30_000,
  delivery: 'SENDING',
  deliveryNumber: 1,
  ...changes,
});
