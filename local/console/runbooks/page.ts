/** The runbooks, as the repository has them in docs/runbooks. */
import { byId, h } from '../../../web/kit/element.ts';
import { requestJson } from '../../../web/kit/http.ts';
import { RUNBOOKS_PATH } from '../ask-local.ts';
import { keepLive } from '../live.ts';
import { OVERVIEW, resolveRunbookLink, runbookPath } from './runbook.ts';

const article = byId('runbook');
let texts: Readonly<Record<string, string>> = {};
let shown = '';

/** The name in the page's address, or the overview. */
const wanted = (): string => {
  const name = location.hash.slice(1);
  return Object.hasOwn(texts, name) ? name : OVERVIEW;
};

const titleOf = (name: string): string => (name === OVERVIEW ? 'All alarms' : name);

const showList = (): void => {
  const names = [OVERVIEW, ...Object.keys(texts).filter((name) => name !== OVERVIEW)];
  byId('list').replaceChildren(
    ...names.map((name) =>
      h(
        'li',
        {},
        h(
          'a',
          { href: runbookPath(name), ...(name === wanted() && { 'aria-current': 'page' }) },
          titleOf(name),
        ),
      ),
    ),
  );
};

const show = async (): Promise<void> => {
  const name = wanted();
  if (shown === name) return;
  shown = name;
  showList();
  // A chunk of its own: the parser is ten times as large as the page.
  const { markdownElements } = await import('../markdown.ts');
  if (shown !== name) return;
  const elements = markdownElements(texts[name] ?? '', resolveRunbookLink);
  article.replaceChildren(...elements.filter((element) => element !== undefined));
  for (const block of article.querySelectorAll('pre')) {
    block.setAttribute('role', 'region');
    block.setAttribute('aria-label', 'Commands');
  }
  document.title = `${titleOf(name)} · Runbooks · Email OTP`;
};

addEventListener('hashchange', async () => {
  await show();
  article.focus();
  scrollTo(0, 0);
});

keepLive([], async () => {
  texts = await requestJson(RUNBOOKS_PATH);
  await show();
});
