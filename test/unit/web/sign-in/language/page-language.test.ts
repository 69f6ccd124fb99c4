import { afterEach, expect, test, vi } from 'vitest';
import english from '../../../../../shared/texts/en.json' with { type: 'json' };
import {
  loadLanguage,
  readChosenLanguage,
  wishesOf,
} from '../../../../../web/sign-in/language/page-language.ts';

const OFFERED = { otherwise: 'de', files: { de: 'assets/de.json', 'pt-BR': 'assets/pt-BR.json' } };

const german = { page: { ...english.page, signIn: 'Anmelden' }, words: english.words };

const serve = (replies: Readonly<Record<string, unknown>>) => {
  const fetched = vi.fn(async (path: string, _?: RequestInit) =>
    path in replies ? Response.json(replies[path]) : new Response('', { status: 404 }),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('the first wish that the page has words for is loaded', async () => {
  serve({ 'assets/de.json': german });

  const language = await loadLanguage(OFFERED, ['fi', 'de-AT', 'en']);

  expect(language).toMatchObject({ tag: 'de', page: { signIn: 'Anmelden' }, wording: { language: 'de' } });
});

test('English is loaded from nowhere', async () => {
  const fetched = serve({});

  expect(await loadLanguage(OFFERED, ['en-US', 'de'])).toMatchObject({ tag: 'en', page: english.page });
  expect(fetched).not.toHaveBeenCalled();
});

test('whose wishes the page has no words for gets the language that the company has chosen', async () => {
  serve({ 'assets/de.json': german });

  expect((await loadLanguage(OFFERED, ['fi', 'not a tag'])).tag).toBe('de');
});

test('a language that cannot be loaded is replaced by English', async () => {
  serve({});

  expect(await loadLanguage(OFFERED, ['pt'])).toMatchObject({ tag: 'en', page: english.page });
});

test('a language that does not come within five seconds is replaced by English', async () => {
  const late = new AbortController();
  const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
  const never = (_: string, { signal }: RequestInit) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  vi.stubGlobal('fetch', never);

  const language = loadLanguage(OFFERED, ['de']);
  late.abort();

  expect(await language).toMatchObject({ tag: 'en', page: english.page });
  expect(limit).toHaveBeenCalledExactlyOnceWith(5_000);
});

test('the browser may keep the file of a language, whose name changes with its content', async () => {
  const fetched = serve({ 'assets/de.json': german });

  await loadLanguage(OFFERED, ['de']);

  expect(fetched).toHaveBeenCalledExactlyOnceWith(
    'assets/de.json',
    expect.objectContaining({ cache: 'default' }),
  );
});

test('nobody has chosen a language where the browser keeps nothing', () => {
  expect(readChosenLanguage(undefined)).toBeNull();
});

test('what somebody has chosen by hand goes before what the browser wishes', () => {
  expect(wishesOf('tr', ['de', 'en'])).toEqual(['tr', 'de', 'en']);
  expect(wishesOf(null, ['de'])).toEqual(['de']);
});
