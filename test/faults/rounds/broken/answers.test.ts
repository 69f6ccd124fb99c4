import { BURSTS } from '../../cases/bursts.ts';
import { DOORS } from '../../cases/doors.ts';
import { GUESSES, GUESSES_IN_ONE_ROUND, playGuesses } from '../../cases/guesses.ts';
import { LIMIT_CASES } from '../../cases/limits.ts';
import { TRIGGER_RETRIES } from '../../cases/trigger-retries.ts';
import {
  describeBreaks,
  type NoticedBreak,
  type PlayBroken,
  playAnyOf,
} from '../../support/play/describe-breaks.ts';
import { SEED } from '../../support/play/run-settings.ts';

const STORE = 'shared/table/challenge-store.ts';

/** What becomes of answers and of tokens. */
const BREAKS: readonly NoticedBreak[] = [
  {
    name: 'an answer that is compared before it is counted',
    services: ['verify-auth-challenge'],
    file: STORE,
    text: ' OR (#outcome = :verified AND verifiedRound = :round)`',
    replacement: ' OR attribute_exists(pk) OR (#outcome = :verified AND verifiedRound = :round)`',
    caughtBy: GUESSES.name,
    rounds: 6,
    problem: /of 6 were verified|has the outcome VERIFIED and the facts/,
  },
  {
    name: 'a round that takes more than one answer',
    services: ['verify-auth-challenge'],
    file: STORE,
    text: '`attribute_not_exists(events.#attempt) AND ${',
    replacement: '`(attribute_not_exists(events.#attempt) OR attribute_exists(pk)) AND ${',
    caughtBy: GUESSES_IN_ONE_ROUND.name,
    rounds: 6,
    problem: /answers were judged$/,
  },
  {
    name: 'a right answer without its round',
    services: ['verify-auth-challenge'],
    file: STORE,
    text: '(#outcome = :verified AND verifiedRound = :round)`',
    replacement: '(#outcome = :verified AND verifiedRound = :round AND attribute_not_exists(pk))`',
    caughtBy: 'verify is called again',
    rounds: 10,
    problem: /^the user is not in$/,
  },
  {
    name: 'rounds that are all the same',
    services: ['create-auth-challenge'],
    file: 'services/create-auth-challenge/handler.ts',
    text: "randomBytes(12).toString('base64url')",
    replacement: "'the-only-round--'",
    caughtBy: 'verify is called again',
    rounds: 30,
    problem: /^attempts: 1 instead of 2$/,
  },
  {
    name: 'failures that a new mail forgets',
    services: ['create-auth-challenge'],
    file: 'shared/table/user-store.ts',
    text: "' REMOVE sends'",
    replacement: "' REMOVE sends, failedRounds'",
    caughtBy: 'wrong codes over many sign-ins, with resends',
    rounds: 6,
    problem: /^after 20 wrong codes the user is in$/,
  },
  {
    name: 'a verification that is measured each time',
    services: ['verify-auth-challenge'],
    file: 'services/verify-auth-challenge/check-answer.ts',
    text: 'if (decision.isNew) measureDecision(',
    replacement: 'measureDecision(',
    caughtBy: 'verify is called again',
    rounds: 20,
    problem: /^ChallengeVerified is \d+, with \d+ facts VERIFIED$/,
  },
  {
    name: 'a client that nobody looks at',
    services: ['verify-auth-challenge', 'guard-tokens'],
    file: 'shared/messages/cognito-session.ts',
    text: 'optionalText(record(event.callerContext).clientId)',
    replacement: "'the only client'",
    caughtBy: 'another app client asks for tokens again and again',
    rounds: 4,
    problem: /^tokens were given \d+ times at another client$/,
  },
  {
    name: 'a challenge that always takes all answers',
    services: ['create-auth-challenge'],
    file: 'shared/domain/policy.ts',
    text: 'consecutiveFailures >= lockThreshold;',
    replacement: 'consecutiveFailures >= lockThreshold * 10;',
    caughtBy: 'many sessions guess at once when a lock ends or is near',
    rounds: 6,
    problem: /^a challenge took \d guesses$/,
  },
  {
    name: 'a lock that grows under itself',
    services: ['verify-auth-challenge'],
    file: 'shared/table/user-store.ts',
    text: 'AND lastFailureAt <= :lockBegan))',
    replacement: 'AND (lastFailureAt <= :lockBegan OR attribute_exists(pk))))',
    caughtBy: 'many sessions guess at once when a lock ends or is near',
    rounds: 30,
    problem: /^\d+ failures after \d+$/,
  },
];

const playCases = playAnyOf([...BURSTS, ...DOORS, ...TRIGGER_RETRIES, ...LIMIT_CASES]);

const play: PlayBroken = (templateFolder, name, rounds) => {
  const guesses = [GUESSES, GUESSES_IN_ONE_ROUND].find((one) => one.name === name);
  return guesses === undefined
    ? playCases(templateFolder, name, rounds)
    : playGuesses(guesses, templateFolder, SEED, rounds);
};

describeBreaks(BREAKS, play);
