/**
 * One state of the sign-in page, without a network: `?state=<name>&language=<tag>&theme=<light or dark>&brand=<name>`. With
 * `brand` the page is a company's.
 */
import { byId } from '../kit/element.ts';
import { openStorage } from '../kit/storage.ts';
import type { SignInClient } from '../sign-in/amplify.ts';
import { showBrand } from '../sign-in/brand/brand.ts';
import { loadLanguage } from '../sign-in/language/page-language.ts';
import { offerLanguages, readOffered, showLanguage } from '../sign-in/language/show-language.ts';
import type { PageBrand } from '../sign-in/pool-config.ts';
import { createSignIn } from '../sign-in/sign-in.ts';
import { GALLERY_STATES } from './states.ts';

const asked = new URLSearchParams(location.search);

const never = <Result>(): Promise<Result> => new Promise(() => {});

const client: SignInClient = {
  startSignIn: never,
  chooseNewPassword: never,
  codeCalls: { respond: never },
  readTokens: async () => ({ id: { email: 'alice@example.com' }, access: {} }),
  watchOtherTabs: () => {},
  leave: never,
};

const brandOf = (name: string): PageBrand => ({
  name,
  accentColor: '#0b7a75',
  supportUrl: 'https://example.com/help',
  footer: 'Example Ltd, 1 Example Street, London',
});

const draw = async (): Promise<void> => {
  const offered = readOffered();
  const language = await loadLanguage(offered, [asked.get('language') ?? 'en']);
  const name = asked.get('brand');
  const brand = name === null || name === '' ? undefined : brandOf(name);
  document.documentElement.style.colorScheme = asked.get('theme') ?? 'light dark';
  showLanguage(language);
  offerLanguages(
    offered,
    language,
    openStorage(() => localStorage),
  );
  showBrand(brand);
  const signIn = createSignIn({
    config: { region: '', userPoolId: '', userPoolClientId: '', ...(brand && { brand }) },
    language,
    client,
    steps: { remember: () => {}, forget: () => {}, recall: () => ({ kind: 'none' }) },
    local: undefined,
    returnTo: undefined,
    go: () => {},
  });
  byId<HTMLButtonElement>('start-submit').disabled = false;
  for (const form of document.querySelectorAll('form'))
    form.addEventListener('submit', (event) => event.preventDefault());
  await GALLERY_STATES.find((state) => state.name === asked.get('state'))?.draw(signIn);
  document.documentElement.dataset.drawn = '';
};

void draw();
