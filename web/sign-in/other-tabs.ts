/** The tokens belong to all tabs of a browser: when one signs in or out, the others have to show it. */

/** Tokens are stored one by one; the tab that stores them needs a moment. */
const SETTLE_MS = 150;

export const watchOtherTabs = (onChange: () => Promise<void>): void => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener('storage', ({ key }) => {
    if (key !== null && !key.startsWith('CognitoIdentityServiceProvider.')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void onChange(), SETTLE_MS);
  });
};
