import { expect, it } from 'vitest';
import { AUDIT_STATES } from '../support/browser/audit-states.ts';
import { describeInBrowser, useConsole } from '../support/browser/browser.ts';
import { PAGE_STATES } from '../support/browser/console-states.ts';
import { DASHBOARD_STATES } from '../support/browser/dashboard-states.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';

describeInBrowser('each page about the local system', () => {
  const console = useConsole();

  it.each([...PAGE_STATES, ...AUDIT_STATES, ...DASHBOARD_STATES])(
    'is accessible in the light and in the dark, and fits a phone: $name',
    async ({ name, open }) => {
      const page = await open(console);

      expect(await inspectPage(page, name)).toEqual({ violations: [], overflowPx: 0 });
    },
  );
});
