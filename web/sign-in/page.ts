/** The sign-in page: asks for the password, for a new password if Cognito wants one, and for the mailed code. */
import { bad, good, plain } from '../../client/words/notice.ts';
import { byId } from '../kit/element.ts';
import { openStorage } from '../kit/storage.ts';
import { showBrand } from './brand/brand.ts';
import {
  loadLanguage,
  PAGE_IN_ENGLISH,
  type PageLanguage,
  readChosenLanguage,
  wishesOf,
} from './language/page-language.ts';
import { offerLanguages, readOffered, showLanguage } from './language/show-language.ts';
import { takeNewPassword, takePassword } from './panels/password-steps.ts';
import { say } from './panels/view.ts';
import { type PoolConfig, readPoolConfig } from './pool-config.ts';
import { createStepKeeper } from './remembered-step.ts';
import { readReturnTo } from './return-to.ts';
import { ask, backToStart, createSignIn, followOtherTabs, type PageSignIn, resume } from './sign-in.ts';

const button = (id: string) => byId<HTMLButtonElement>(id);

/** In English: the configuration is for whoever has set the page up. */
const NOT_SET_UP = 'This page could not be set up: its configuration is missing. Load it again in a moment.';

/** Milliseconds until the page says that its script is late. It goes on waiting. */
const PATIENCE_MS = 15_000;

const takeLeave = (signIn: PageSignIn): void => {
  const { client, view, language, returnTo } = signIn;
  const { welcome, signedOut, signingOut } = language.page;
  for (const control of document.querySelectorAll('[data-start-over]'))
    control.addEventListener('click', () => backToStart(signIn, plain(welcome)));
  button('sign-out').addEventListener('click', () => {
    void view.whileBusy(button('sign-out'), signingOut, async () => {
      await client.leave();
      backToStart(signIn, good(signedOut));
    });
  });
  if (returnTo === undefined) return;
  byId<HTMLAnchorElement>('continue').href = returnTo;
  byId('continue').hidden = false;
};

const startSignIn = async (
  config: PoolConfig,
  language: PageLanguage,
  amplify: Promise<typeof import('./amplify.ts')>,
): Promise<void> => {
  const late = setTimeout(() => say(bad(language.page.notLoaded)), PATIENCE_MS);
  const [{ createAmplifyClient }, localParts] = await Promise.all([
    amplify,
    config.endpoint === undefined ? undefined : import('./local/local-parts.ts'),
  ]).finally(() => clearTimeout(late));
  const client = createAmplifyClient(config, language.tag);
  const signIn = createSignIn({
    config,
    language,
    client,
    steps: createStepKeeper(openStorage(() => sessionStorage)),
    local: localParts?.createLocalParts(config),
    returnTo: readReturnTo(location.href, config.returnTo),
    go: (address) => location.assign(address),
  });
  const steps = { ...signIn, texts: language.page, ask: ask.bind(undefined, signIn) };
  takePassword(steps);
  takeNewPassword(steps);
  takeLeave(signIn);
  followOtherTabs(signIn);
  await resume(signIn);
  button('start-submit').disabled = false;
};

const start = async (): Promise<void> => {
  const amplify = import('./amplify.ts');
  const config = readPoolConfig(location.search).catch(() => undefined);
  // Whether it has failed is of interest once it is needed.
  amplify.catch(() => undefined);
  const [offered, storage] = [readOffered(), openStorage(() => localStorage)];
  const wishes = wishesOf(readChosenLanguage(storage), navigator.languages);
  const language = await loadLanguage(offered, wishes);
  showLanguage(language);
  offerLanguages(offered, language, storage);
  const found = await config;
  if (found === undefined) return say(bad(NOT_SET_UP));
  showBrand(found.brand);
  await startSignIn(found, language, amplify).catch(() => say(bad(language.page.notLoaded)));
};

void start().catch(() => {
  showLanguage(PAGE_IN_ENGLISH);
  say(bad(PAGE_IN_ENGLISH.page.notLoaded));
});
