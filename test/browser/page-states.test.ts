import { expect, inject, it } from 'vitest';
import { describeInBrowser, useConsole } from '../support/browser/browser.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';
import { AUDIT_STATES } from '../support/browser/states/audit-states.ts';
import { type ConsoleState, PAGE_STATES } from '../support/browser/states/console-states.ts';
import { DASHBOARD_STATES } from '../support/browser/states/dashboard-states.ts';
import { NOTICE_STATES } from '../support/browser/states/notice-states.ts';
import { USER_STATES } from '../support/browser/states/user-states.ts';
import { startTestSystem } from '../support/system/local-system.ts';

const inspectEach = (states: readonly ConsoleState[], start = startTestSystem): void => {
  const console = useConsole(start);

  it.each(states)(
    'is accessible in the light and in the dark, and fits a phone: $name',
    async ({ name, open }) => {
      const page = await open(console);

      expect(await inspectPage(page, name)).toEqual({ violations: [], overflowPx: 0 });
    },
  );
};

describeInBrowser('each page about the local system', () => {
  inspectEach([...PAGE_STATES, ...USER_STATES, ...AUDIT_STATES, ...DASHBOARD_STATES]);
});

describeInBrowser('each page about notices and reports', () => {
  inspectEach(NOTICE_STATES, () => startTestSystem({ templateFolder: inject('longCodesTemplateFolder') }));
});
