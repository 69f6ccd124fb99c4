import { afterAll, inject } from 'vitest';
import { upgradeCases, warmUpBoth } from '../cases/upgrade.ts';
import { sweptBy } from '../cases/upgrade-sweep.ts';
import { describeCases } from '../support/play/fault-suite.ts';
import { withOldWorkflow } from '../support/upgrade/old-release.ts';
import { createTwoReleases } from '../support/upgrade/two-releases.ts';

const build = withOldWorkflow(inject('templateFolder'));
const releases = createTwoReleases(build.oldWorkflowArn);
afterAll(() => build[Symbol.dispose]());

describeCases(
  'an upgrade from c5286e8',
  { faults: { clockRate: 4 }, templateFolder: build.templateFolder, sandboxes: releases.sandboxes },
  [...upgradeCases(releases), sweptBy(releases, 'old'), sweptBy(releases, 'new')],
  (world) => warmUpBoth(world, releases),
);
