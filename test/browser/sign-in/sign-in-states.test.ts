import { expect, it } from 'vitest';
import { describeInBrowser, useConsole } from '../../support/browser/browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { SIGN_IN_STATES } from '../../support/browser/states/console-states.ts';
import { LIMIT_STATES } from '../../support/browser/states/limit-states.ts';

describeInBrowser('the sign-in page', () => {
  const console = useConsole();

  it.each([...SIGN_IN_STATES, ...LIMIT_STATES])(
    'is accessible in the light and in the dark, and fits a phone: $name',
    async ({ name, open }) => {
      const page = await open(console);

      expect(await inspectPage(page, name)).toEqual({ violations: [], overflowPx: 0 });
    },
  );
});
