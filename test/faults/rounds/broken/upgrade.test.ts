import { describe, expect, inject, it } from 'vitest';
import { CHANGES, shortSignIns, warmUpBoth } from '../../cases/upgrade.ts';
import { playCase } from '../../support/play/play-case.ts';
import { SEED } from '../../support/play/run-settings.ts';
import { withOldWorkflow } from '../../support/upgrade/old-release.ts';
import { createTwoReleases } from '../../support/upgrade/two-releases.ts';
import { type Break, buildBroken } from '../../support/world/test-build.ts';
import { startWorld } from '../../support/world/world.ts';

// Shows that a release that does not get on with the one before is noticed: each break is right where both ends are new.

interface Broken extends Break {
  readonly name: string;
  readonly services: readonly string[];
  /** The violation that is reported. */
  readonly problem: RegExp;
}

const STORE = 'shared/table/challenge-store.ts';

const BROKEN: readonly Broken[] = [
  {
    name: 'metadata in another form',
    services: ['define-auth-challenge', 'create-auth-challenge'],
    file: 'shared/messages/session-metadata.ts',
    text: "const PREFIX = 'challenge-';",
    replacement: "const PREFIX = 'challenge/';",
    problem: /^the round ended with .*Incorrect username or password/,
  },
  {
    name: 'an answer that wants the hash of the address',
    services: ['verify-auth-challenge'],
    file: STORE,
    text: "'(attribute_not_exists(addressHash) OR addressHash = :addressHash)'",
    replacement: "'addressHash = :addressHash'",
    problem: /the user is not in$/,
  },
  {
    name: 'tokens that want the client of the verification',
    services: ['guard-tokens'],
    file: 'services/guard-tokens/spend-store.ts',
    text: '(attribute_not_exists(events.#verified.client) OR events.#verified.client = :client) AND ',
    replacement: 'events.#verified.client = :client AND ',
    problem: /^the round ended with /,
  },
  {
    name: 'a right code that looks for orders in every user record',
    services: ['verify-auth-challenge'],
    file: 'shared/table/user-store.ts',
    text: "'attribute_exists(orders) AND (attribute_not_exists(failedRounds)",
    replacement: "'(attribute_not_exists(failedRounds)",
    problem: /^the round ended with /,
  },
];

describe('a break of what both releases read', () => {
  for (const { name, services, problem, ...change } of BROKEN) {
    it(`${name} is noticed`, async () => {
      using broken = await buildBroken(inject('templateFolder'), services, change);
      using build = withOldWorkflow(broken.templateFolder);
      const releases = createTwoReleases(build.oldWorkflowArn);
      const { templateFolder } = build;
      const world = await startWorld({
        faults: { clockRate: 4 },
        templateFolder,
        sandboxes: releases.sandboxes,
      });
      try {
        await warmUpBoth(world, releases);
        const signIns = shortSignIns(releases);
        const numbers = CHANGES.short.different.flatMap(({ name: change }, index) =>
          change.startsWith('everything') ? [index + 1] : [],
        );

        const { violations } = await playCase(world, signIns, SEED, numbers);

        const problems = violations.flatMap((violation) => violation.problems);
        expect(problems).toContainEqual(expect.stringMatching(problem));
      } finally {
        await world.close();
      }
    }, 300_000);
  }
});
