/** Shows one step of the sign-in at a time, one text about it, and whether the page is busy. */
import { type Notice, plain } from '../../shared/words/notice.ts';
import { announce } from '../kit/announce.ts';
import { byId, setText } from '../kit/element.ts';

export type Panel = 'start' | 'new-password-step' | 'code-step' | 'done';

const PANELS: readonly Panel[] = ['start', 'new-password-step', 'code-step', 'done'];

const TITLES: Readonly<Record<Panel, string>> = {
  start: 'Sign in',
  'new-password-step': 'Choose a new password',
  'code-step': 'Enter the code',
  done: 'You are signed in',
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

const UNUSUALLY_LONG = plain(
  'This is taking longer than usual. Please keep this page open; it goes on by itself.',
);

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

/** Shows one step. If `focus` is false, the focus stays where the browser has put it. */
export const showPanel = (panel: Panel, notice: Notice, focus = true): void => {
  for (const id of PANELS) byId(id).hidden = id !== panel;
  setText(byId('title'), TITLES[panel]);
  document.title = `${TITLES[panel]} · Email OTP`;
  byId('claims').hidden = panel !== 'done';
  markInvalid();
  say(notice);
  if (focus) byId(FOCUS[panel]).focus();
};

/** Does the work. Until it ends, the step's controls are disabled and the button shows `text`. */
export const whileBusy = async (
  button: HTMLButtonElement,
  text: string,
  work: () => Promise<void>,
): Promise<void> => {
  const panel = button.closest('form') ?? button.parentElement ?? button;
  const controls = [
    ...panel.querySelectorAll<HTMLButtonElement>('button:not(:disabled)'),
    byId<HTMLButtonElement>('use-demo'),
  ];
  const inputs = [...panel.querySelectorAll('input')];
  const label = button.textContent;
  for (const control of controls) control.disabled = true;
  for (const input of inputs) input.readOnly = true;
  button.setAttribute('aria-busy', 'true');
  setText(button, text);
  const timer = setTimeout(() => say(UNUSUALLY_LONG), PATIENCE_MS);
  try {
    await work();
  } finally {
    clearTimeout(timer);
    for (const control of controls) control.disabled = false;
    for (const input of inputs) input.readOnly = input.id === 'new-password-user';
    button.removeAttribute('aria-busy');
    setText(button, label ?? '');
  }
};
