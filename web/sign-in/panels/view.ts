/** Shows one step of the sign-in at a time, one text about it, and whether the page is busy. */
import { type Notice, plain } from '../../../client/words/notice.ts';
import { announce } from '../../kit/announce.ts';
import { byId, setText } from '../../kit/element.ts';
import type { PageTexts } from '../language/page-texts.ts';

export type Panel = 'start' | 'new-password-step' | 'code-step' | 'done';

const PANELS: readonly Panel[] = ['start', 'new-password-step', 'code-step', 'done'];

const titleOf = (texts: PageTexts, panel: Panel): string => {
  switch (panel) {
    case 'start':
      return texts.signInTitle;
    case 'new-password-step':
      return texts.newPasswordTitle;
    case 'code-step':
      return texts.codeTitle;
    case 'done':
      return texts.doneTitle;
  }
};

/** The element that gets the focus in each step. */
const FOCUS: Readonly<Record<Panel, string>> = {
  start: 'email',
  'new-password-step': 'new-password',
  'code-step': 'code',
  done: 'title',
};

/** After this many milliseconds the page says that it is still working. */
const PATIENCE_MS = 4_000;

export const say = ({ tone, text }: Notice): void => announce('notice', tone, text);

/** Marks these fields as wrong, removes the mark from all others, and focuses the first one. */
export const markInvalid = (...ids: readonly string[]): void => {
  for (const input of document.querySelectorAll('input')) {
    if (ids.includes(input.id)) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }
  const [first] = ids;
  if (first !== undefined) byId(first).focus();
};

/** Hides passwords that were shown, and shows them where the person wants to see them. */
const showPassword = (toggle: HTMLElement, shown: boolean): void => {
  toggle.setAttribute('aria-pressed', String(shown));
  for (const id of toggle.dataset.shows?.split(' ') ?? [])
    byId<HTMLInputElement>(id).type = shown ? 'text' : 'password';
};

const toggles = (): Iterable<HTMLElement> => document.querySelectorAll<HTMLElement>('[data-shows]');

const hidePasswords = (): void => {
  for (const toggle of toggles()) showPassword(toggle, false);
};

export interface View {
  /** Shows one step. If `focus` is false, the focus stays where the browser has put it. */
  showPanel(panel: Panel, notice: Notice, focus?: boolean): void;
  /** Does the work. Until it ends, the step's controls are disabled and the button shows `text`. */
  whileBusy(button: HTMLButtonElement, text: string, work: () => Promise<void>): Promise<void>;
}

/** Disables the controls of the step. Returns what ends that. */
const hold = (button: HTMLButtonElement): (() => void) => {
  const panel = button.closest('form') ?? button.parentElement ?? button;
  const controls = [
    ...panel.querySelectorAll<HTMLButtonElement>('button:not(:disabled)'),
    byId<HTMLButtonElement>('use-demo'),
  ];
  const inputs = [...panel.querySelectorAll('input')];
  for (const control of controls) control.disabled = true;
  for (const input of inputs) input.readOnly = true;
  button.setAttribute('aria-busy', 'true');
  return () => {
    for (const control of controls) control.disabled = false;
    for (const input of inputs) input.readOnly = input.id === 'new-password-user';
    button.removeAttribute('aria-busy');
  };
};

/** `site` is in the title of the window, after the step. */
export const createView = (texts: PageTexts, site: string | undefined): View => {
  for (const toggle of toggles()) {
    toggle.addEventListener('click', () =>
      showPassword(toggle, toggle.getAttribute('aria-pressed') !== 'true'),
    );
  }
  return {
    showPanel: (panel, notice, focus = true) => {
      for (const id of PANELS) byId(id).hidden = id !== panel;
      const title = titleOf(texts, panel);
      setText(byId('title'), title);
      document.title = site === undefined ? title : `${title} · ${site}`;
      byId('claims').hidden = panel !== 'done' || byId('claims').childElementCount === 0;
      hidePasswords();
      markInvalid();
      say(notice);
      if (focus) byId(FOCUS[panel]).focus();
    },
    whileBusy: async (button, text, work) => {
      const label = button.textContent;
      const release = hold(button);
      hidePasswords();
      setText(button, text);
      const timer = setTimeout(() => say(plain(texts.longer)), PATIENCE_MS);
      try {
        await work();
      } finally {
        clearTimeout(timer);
        release();
        setText(button, label ?? '');
      }
    },
  };
};
