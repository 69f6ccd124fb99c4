import { describe, expect, inject, it } from 'vitest';
import { EXECUTIONS } from '../cases/executions.ts';
import { GUESSES, GUESSES_IN_ONE_ROUND, playGuesses } from '../cases/guesses.ts';
import { LIMIT_CASES } from '../cases/limits.ts';
import { REDIRECTS } from '../cases/redirects.ts';
import { REPORTS } from '../cases/reports.ts';
import { TRIGGER_RETRIES } from '../cases/trigger-retries.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import { type Played, playCase } from '../support/play/play-case.ts';
import { SEED } from '../support/play/run-settings.ts';
import { type Break, buildBroken } from '../support/world/test-build.ts';
import { startWorld, warmUp } from '../support/world/world.ts';

// Shows that the suite can fail: each break is deliberate, and a case must notice it.

interface Broken extends Break {
  readonly name: string;
  readonly services: readonly string[];
  /** The name of the case that notices it. */
  readonly caughtBy: string;
  readonly rounds: number;
  /** The violation that this case must report. */
  readonly problem: RegExp;
}

const STORE = 'shared/table/challenge-store.ts';

const BROKEN: readonly Broken[] = [
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
    name: 'a lease that everybody gets',
    services: ['deliver-code'],
    file: STORE,
    text: "'(attribute_not_exists(#lease) OR #lease.#until",
    replacement: "'(attribute_exists(pk) OR attribute_not_exists(#lease) OR #lease.#until",
    caughtBy: 'every execution runs twice',
    rounds: 10,
    problem: /^mails: 2 instead of 1$/,
  },
  {
    name: 'a code that is drawn instead of derived',
    services: ['deliver-code'],
    file: 'services/deliver-code/deliver.ts',
    text: 'const code = deriveCode(key, delivery, deps.codeLength);',
    replacement: 'const code = Math.random().toFixed(deps.codeLength).slice(2);',
    caughtBy: 'create is called again',
    rounds: 10,
    problem: /^the user is not in$/,
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
    name: 'a fact that is appended instead of written once',
    services: ['create-auth-challenge'],
    file: STORE,
    text: "'#reused': factName(delivery, 'REUSED'),",
    replacement: "'#reused': factName(delivery, 'REUSED').concat('@', String(fact.request)),",
    caughtBy: 'create is called again',
    rounds: 10,
    problem: /has facts that do not exist: 1#REUSED@/,
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
    name: 'a report that is measured each time',
    services: ['record-feedback'],
    file: 'services/record-feedback/feedback-store.ts',
    text: 'return isOwn ?',
    replacement: 'return isOwn || true ?',
    caughtBy: 'reports come twice and out of order',
    rounds: 40,
    problem: /^Mail\w+ is \d+, with \d+ facts \w+$/,
  },
  {
    name: 'a mail that goes to any address',
    services: ['deliver-code'],
    file: STORE,
    text: "'(attribute_not_exists(addressHash) OR addressHash = :addressHash)'",
    replacement: "'(attribute_exists(pk) OR addressHash = :addressHash)'",
    caughtBy: 'a delivery is started with another address or number',
    rounds: 20,
    problem: /has \d+ mails to another address$/,
  },
  {
    name: 'a mail of a number that was never ordered',
    services: ['deliver-code'],
    file: STORE,
    text: 'AND attribute_exists(events.#requested) AND ${',
    replacement: 'AND (attribute_exists(events.#requested) OR attribute_exists(pk)) AND ${',
    caughtBy: 'a delivery is started with another address or number',
    rounds: 20,
    problem: /has a mail that nobody asked for$/,
  },
  {
    name: 'a stranger whom the workflow takes for a failure',
    services: ['deliver-code'],
    file: 'services/deliver-code/deliver.ts',
    text: "new ReportedError('OtherAddress',",
    replacement: "new ReportedError('ChallengeClosed',",
    caughtBy: 'a delivery is started with another address or number',
    rounds: 20,
    problem: /the trail has .*1#SEND_FAILED/,
  },
];

const CASES: readonly FaultCase[] = [
  ...TRIGGER_RETRIES,
  ...EXECUTIONS,
  ...REDIRECTS,
  ...REPORTS,
  ...LIMIT_CASES,
];

const play = async (templateFolder: string, name: string, rounds: number): Promise<Played> => {
  const guesses = [GUESSES, GUESSES_IN_ONE_ROUND].find((one) => one.name === name);
  if (guesses !== undefined) return playGuesses(guesses, templateFolder, SEED, rounds);
  const faultCase = CASES.find((one) => one.name === name);
  if (faultCase === undefined) throw new Error(`There is no case ${name}`);
  const world = await startWorld({ faults: { clockRate: 4 }, templateFolder });
  try {
    await warmUp(world);
    const numbers = Array.from({ length: rounds }, (_, index) => index + 1);
    return await playCase(world, faultCase, SEED, numbers);
  } finally {
    await world.close();
  }
};

describe('a deliberate break', () => {
  for (const { name, services, caughtBy, rounds, problem, ...broken } of BROKEN) {
    it(`${name} is noticed by "${caughtBy}"`, async () => {
      using testBuild = await buildBroken(inject('templateFolder'), services, broken);

      const { violations } = await play(testBuild.templateFolder, caughtBy, rounds);

      const problems = violations.flatMap((violation) => violation.problems);
      const noticed = violations.find((violation) => violation.problems.some((text) => problem.test(text)));
      console.log(
        `${name}: noticed in ${noticed?.round === undefined ? 'no single round' : `round ${noticed.round} of ${rounds}`}, seed ${SEED}`,
      );
      expect(problems).toContainEqual(expect.stringMatching(problem));
    }, 300_000);
  }
});
