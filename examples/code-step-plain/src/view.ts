/** What is on the page: one of its screens, and the notice above it. */
import type { Notice } from 'cognito-email-otp/client/words';

export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found as T;
};

export const input = (id: string): HTMLInputElement => byId<HTMLInputElement>(id);

/** Text that stays the same is not written again, because a screen reader would say it again. */
export const setText = (id: string, text: string): void => {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
};

export const say = ({ tone, text }: Notice): void => {
  byId('notice').className = `notice ${tone}`;
  setText('notice', text);
};

const TITLES = {
  'password-form': 'Sign in',
  'new-password-form': 'Choose a password',
  'code-form': 'Enter the code',
  'signed-in': 'Welcome',
} as const;

/** Shows a screen, and focuses the field. */
export const showScreen = (screen: keyof typeof TITLES, notice: Notice, focus?: string): void => {
  for (const id of Object.keys(TITLES)) byId(id).hidden = id !== screen;
  setText('title', TITLES[screen]);
  say(notice);
  if (focus !== undefined) byId(focus).focus();
};
