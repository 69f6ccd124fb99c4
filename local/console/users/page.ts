/** The users page: lists the users of the pool, and does what an administrator can do with them. */

import { announce } from '../../../web/kit/announce.ts';
import { byId, h, setText } from '../../../web/kit/element.ts';
import { RequestError, wordsFor } from '../../../web/kit/http.ts';
import { askLocal } from '../ask-local.ts';
import { createCognitoUsers, type ListedUser, type PasswordKind } from './cognito-users.ts';
import { type UserActions, userRow } from './user-row.ts';
import { userProblem } from './user-words.ts';

const input = (id: string) => byId<HTMLInputElement>(id);

const explain = (error: unknown): string =>
  error instanceof RequestError ? userProblem(error.code, error.message) : wordsFor(error);

const kindOf = (form: HTMLFormElement, name: string): PasswordKind =>
  new FormData(form).get(name) === 'permanent' ? 'permanent' : 'temporary';

/** Shows the problem beside the form and marks the wrong field. */
const refuse = (place: string, text: string, field: string): void => {
  announce(place, 'bad', text);
  input(field).setAttribute('aria-invalid', 'true');
  input(field).focus();
};

const clear = (place: string, ...fields: readonly string[]): void => {
  announce(place, 'plain', '');
  for (const field of fields) input(field).removeAttribute('aria-invalid');
};

/** Gives the focus back to the control that had it, because each change makes the list again. */
const keepFocus = (list: HTMLElement, change: () => void): void => {
  const focused = document.activeElement;
  const row = focused?.closest<HTMLElement>('[data-username]');
  const action = (focused as HTMLElement | null)?.dataset.action;
  change();
  if (!row || action === undefined) return;
  const again = [...list.children].find(
    (one) => (one as HTMLElement).dataset.username === row.dataset.username,
  );
  again?.querySelector<HTMLElement>(`[data-action="${action}"]`)?.focus();
};

const start = async (): Promise<void> => {
  const config = await askLocal('config.json');
  const cognito = createCognitoUsers(config.userPoolId);
  const list = byId('users');
  const dialog = byId<HTMLDialogElement>('set-password');
  let chosen: ListedUser | undefined;

  const refresh = async () => {
    const users = await cognito.list();
    const rows = users.map((user) => userRow(user, config.demoUser.username, actions));
    keepFocus(list, () =>
      list.replaceChildren(...(rows.length > 0 ? rows : [h('li', { class: 'quiet' }, 'No users yet.')])),
    );
    setText(byId('list-title'), `Users of the pool (${users.length})`);
  };

  const actions: UserActions = {
    setPassword: (user) => {
      chosen = user;
      clear('set-password-problem', 'set-password-value');
      input('set-password-value').value = '';
      setText(byId('set-password-user'), user.email);
      dialog.showModal();
      input('set-password-value').focus();
    },
    setEnabled: (user, enabled) => {
      const change = async () => {
        await cognito.setEnabled(user.username, enabled);
        await refresh();
        announce('message', 'good', `${user.email} is ${enabled ? 'enabled' : 'disabled'}.`);
      };
      change().catch((error) => announce('message', 'bad', explain(error)));
    },
  };

  const create = async (form: HTMLFormElement) => {
    const [email, password] = [input('create-email').value.trim(), input('create-password').value];
    clear('create-problem', 'create-email', 'create-password');
    if (email === '') return refuse('create-problem', 'Enter an email address.', 'create-email');
    if (password === '') return refuse('create-problem', 'Enter a password.', 'create-password');
    try {
      await cognito.create(email, password, kindOf(form, 'create-kind'));
      form.reset();
      await refresh();
      announce('message', 'good', `${email} can sign in now.`);
      input('create-email').focus();
    } catch (error) {
      const aboutPassword = /Password/.test((error as RequestError).code);
      refuse('create-problem', explain(error), aboutPassword ? 'create-password' : 'create-email');
    }
  };

  const setPassword = async (form: HTMLFormElement, { username, email }: ListedUser) => {
    const password = input('set-password-value').value;
    clear('set-password-problem', 'set-password-value');
    if (password === '') return refuse('set-password-problem', 'Enter a password.', 'set-password-value');
    try {
      const kind = kindOf(form, 'set-kind');
      await cognito.setPassword(username, password, kind);
      dialog.close();
      await refresh();
      announce('message', 'good', `${email} has a new ${kind} password.`);
    } catch (error) {
      refuse('set-password-problem', explain(error), 'set-password-value');
    }
  };

  const onSubmit = (id: string, submit: (form: HTMLFormElement) => Promise<void> | undefined) => {
    const form = byId<HTMLFormElement>(id);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void submit(form);
    });
  };
  onSubmit('create', create);
  onSubmit('set-password-form', (form) => chosen && setPassword(form, chosen));
  byId('set-password-cancel').addEventListener('click', () => dialog.close());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void refresh().catch((error) => announce('message', 'bad', explain(error)));
  });
  await refresh();
  // The whole page appears at once, so that nothing moves when the list arrives.
  byId('content').hidden = false;
  byId<HTMLButtonElement>('create-submit').disabled = false;
};

start().catch((error) => announce('message', 'bad', wordsFor(error)));
