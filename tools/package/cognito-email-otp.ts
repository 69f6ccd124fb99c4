#!/usr/bin/env node
/** `npx cognito-email-otp <command> [options]`, the one program of the published package. */
import { fileURLToPath } from 'node:url';
import { ATTACH } from '../../commands/attach/options.ts';
import { AUDIT } from '../../commands/audit/options.ts';
import { DETACH } from '../../commands/detach/options.ts';
import { ROTATE_KEY } from '../../commands/rotate-key/options.ts';
import { SIGN_IN } from '../../commands/sign-in/options.ts';
import { UNLOCK } from '../../commands/unlock/options.ts';
import { VERSION } from '../../shared/command/place.ts';
import { BUILD_PAGE } from '../../web/build/options.ts';
import { runStart, START_LOCAL } from './local-package.ts';
import { runProgram } from './program.ts';

/** `buildPage` has put it beside the program's own folder. */
const PAGE = fileURLToPath(new URL('../page', import.meta.url));

await runProgram(
  [
    { usage: AUDIT, start: () => import('../../commands/audit/audit.ts') },
    { usage: UNLOCK, start: () => import('../../commands/unlock/unlock.ts') },
    { usage: ROTATE_KEY, start: () => import('../../commands/rotate-key/rotate-key.ts') },
    { usage: ATTACH, start: () => import('../../commands/attach/attach.ts') },
    { usage: DETACH, start: () => import('../../commands/detach/detach.ts') },
    { usage: SIGN_IN, start: () => import('../../commands/sign-in/sign-in.ts') },
    {
      usage: BUILD_PAGE,
      start: async () => (await import('../../web/build/fill-page.ts')).runBuildPage(async () => PAGE),
    },
    { usage: START_LOCAL, start: () => runStart(VERSION ?? '') },
  ],
  VERSION,
);
