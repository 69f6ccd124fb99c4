/** What the local system tells the sign-in page while it is open: the newest code on the code step, and which faults are on. */
import { byId, h, setText } from '../../kit/element.ts';
import { requestJson } from '../../kit/http.ts';

interface LocalMail {
  readonly to: readonly string[];
  readonly text: string;
}

interface LocalFault {
  readonly name: string;
  readonly title: string;
  readonly number?: { readonly off: number };
}

/** As if somebody had typed it, so that the page sends it by itself where it does so. */
const useCode = (code: string): void => {
  const field = byId<HTMLInputElement>('code');
  field.value = code;
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

/** Another person at this machine may wait for a code, too, so only the typed address counts, if there is one. */
const isForMe = ({ to }: LocalMail): boolean => {
  const typed = byId<HTMLInputElement>('email').value.trim().toLowerCase();
  return !typed.includes('@') || to.some((address) => address.toLowerCase() === typed);
};

/** The code is alone on a line of the text part. */
const newestCode = (mails: readonly LocalMail[]): string =>
  mails
    .filter(isForMe)
    .map(({ text }) => /^\s*(\d{6,10})\s*$/m.exec(text)?.[1])
    .findLast((found) => found !== undefined) ?? '';

const readFaults = async (): Promise<string> => {
  const [table, faults] = await Promise.all([
    requestJson<readonly LocalFault[]>('_local/fault-table.json'),
    requestJson<Readonly<Record<string, unknown>>>('_local/faults.json'),
  ]);
  const on = table.filter(({ name, number }) => faults[name] !== (number?.off ?? false));
  return on.map(({ title }) => title).join(', ');
};

/** A hidden tab listens to nothing, because a browser opens only six connections to one server. */
const listen = (update: () => void): void => {
  let events: EventSource | undefined;
  const connect = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource('_local/events');
    for (const kind of ['open', 'mail', 'faults']) events.addEventListener(kind, update);
  };
  document.addEventListener('visibilitychange', connect);
  connect();
};

/** Adds the news to this element. What cannot be read is left out: the page itself says that the system is gone. */
export const showLocalNews = (place: HTMLElement): void => {
  const step = byId('code-step');
  const code = h('strong', { class: 'digits' });
  const use = () => useCode(code.textContent ?? '');
  const codeLine = h(
    'p',
    { hidden: true },
    'Newest code: ',
    code,
    ' ',
    h('button', { type: 'button', class: 'link', onclick: use }, 'Use it'),
  );
  const names = h('span');
  const faultLine = h(
    'p',
    { hidden: true },
    'Faults are on: ',
    names,
    '. ',
    h('a', { href: './faults', target: '_blank' }, 'Switch them off in a new tab'),
  );
  place.append(codeLine, faultLine);

  const showCode = async () => {
    setText(code, step.hidden ? '' : newestCode(await requestJson('_local/inbox.json')));
    codeLine.hidden = code.textContent === '';
  };
  const showFaults = async () => {
    setText(names, await readFaults());
    faultLine.hidden = names.textContent === '';
  };
  listen(() => void Promise.all([showCode(), showFaults()]).catch(() => {}));
  new MutationObserver(() => void showCode().catch(() => {})).observe(step, { attributeFilter: ['hidden'] });
};
