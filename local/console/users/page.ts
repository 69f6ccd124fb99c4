/** The users page: lists the users of the pool, and does what an administrator and an operator can do with them. */

import { announce } from '../../../web/kit/announce.ts';
import { byId, h, setText } from '../../../web/kit/element.ts';
import { RequestError, wordsFor } from '../../../web/kit/http.ts';
import { askLocal, askToUnlock } from '../ask-local.ts';
import { keepLive } from '../live.ts';
import { chosenOtp, showOtpLinks } from '../otp-links-view.ts';
import {
  type CognitoUsers,
  createCognitoUsers,
  type ListedUser,
  type PasswordKind,
} from './cognito-users.ts';
import { createUserDialog, type UserDialog } from './user-dialogs.ts';
import { type ShownUser, type UserActions, userRow } from './user-row.ts';
import { type UserStanding, userProblem } from './user-words.ts';

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

/** As many as one request may name. */
const AT_ONCE = 50;

const readStandings = async (users: readonly ListedUser[]): Promise<ReadonlyMap<string, UserStanding>> => {
  const groups = Array.from({ length: Math.ceil(users.length / AT_ONCE) }, (_, index) =>
    users.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
  const read = await Promise.all(
    groups.map((group) =>
      askLocal('standings.json', { users: group.map(({ sub }) => sub).join(','), ...chosenOtp }),
    ),
  );
  return new Map(read.flat().map((standing) => [standing.userId, standing]));
};

interface Dialogs {
  readonly password: UserDialog;
  readonly locale: UserDialog;
  readonly unlock: UserDialog;
  readonly remove: UserDialog;
}

/** An empty password gets a sentence that says what to do. */
const takePassword = (cognito: CognitoUsers) => async (user: ListedUser, form: HTMLFormElement) => {
  const password = input('set-password-value').value;
  if (password === '') throw new RequestError('', 'Enter a password.');
  const kind = kindOf(form, 'set-kind');
  await cognito.setPassword(user.username, password, kind);
  return `${user.email} has a new ${kind} password.`;
};

const takeLocale = (cognito: CognitoUsers) => async (user: ListedUser) => {
  const locale = input('set-locale-value').value.trim();
  if (!/^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?$/.test(locale)) {
    throw new RequestError('', 'That is not a language tag. Enter one such as de or pt-BR, or nothing.');
  }
  await cognito.setLocale(user.username, locale);
  return locale === '' ? `${user.email} has no locale any more.` : `${user.email} has the locale ${locale}.`;
};

const takeReason = async (user: ListedUser) => {
  const reason = input('unlock-reason').value;
  await askToUnlock({ userId: user.sub, reason, mails: input('unlock-mails').checked }, chosenOtp);
  return `${user.email} is unlocked.`;
};

const takeRemoval = (cognito: CognitoUsers) => async (user: ListedUser) => {
  await cognito.remove(user.username);
  return `${user.email} is deleted.`;
};

const createDialogs = (cognito: CognitoUsers, refresh: () => Promise<void>): Dialogs => {
  const dialog = (
    id: string,
    act: (user: ListedUser, form: HTMLFormElement) => Promise<string>,
    field?: string,
  ): UserDialog => {
    const submit = async (user: ListedUser, form: HTMLFormElement) => {
      const done = await act(user, form);
      await refresh();
      return done;
    };
    return createUserDialog({ id, submit, explain, ...(field !== undefined && { field }) });
  };
  return {
    password: dialog('set-password', takePassword(cognito), 'set-password-value'),
    locale: dialog('set-locale', takeLocale(cognito), 'set-locale-value'),
    unlock: dialog('unlock', takeReason, 'unlock-reason'),
    remove: dialog('remove', takeRemoval(cognito)),
  };
};

const takeNewUsers = (cognito: CognitoUsers, refresh: () => Promise<void>): void => {
  const form = byId<HTMLFormElement>('create');
  const create = async () => {
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
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void create();
  });
};

const start = async (): Promise<void> => {
  const config = await askLocal('config.json', chosenOtp);
  const cognito = createCognitoUsers(config.userPoolId);
  const list = byId('users');

  const show = async () => {
    const users = await cognito.list();
    const standings = await readStandings(users);
    const shown = users.map((user): ShownUser => ({ user, standing: standings.get(user.sub) }));
    const rows = shown.map((one) => userRow(one, config.demoUser?.username, actions));
    keepFocus(list, () =>
      list.replaceChildren(...(rows.length > 0 ? rows : [h('li', { class: 'quiet' }, 'No users yet.')])),
    );
    setText(byId('list-title'), `Users of the pool (${users.length})`);
    // The whole page appears at once, so that nothing moves when the list arrives.
    byId('content').hidden = false;
    byId<HTMLButtonElement>('create-submit').disabled = false;
  };
  const actions: UserActions = {
    setPassword: (user) => dialogs.password.open(user),
    setLocale: (user) => dialogs.locale.open(user, user.locale),
    unlock: (user, { lock }) => {
      dialogs.unlock.open(user);
      // Whom only the limit of mails keeps out, nothing else would help.
      input('unlock-mails').checked = lock === undefined;
    },
    remove: (user) => dialogs.remove.open(user),
    setEnabled: (user, enabled) => {
      const change = async () => {
        await cognito.setEnabled(user.username, enabled);
        await show();
        announce('message', 'good', `${user.email} is ${enabled ? 'enabled' : 'disabled'}.`);
      };
      change().catch((error) => announce('message', 'bad', explain(error)));
    },
  };
  const dialogs = createDialogs(cognito, show);
  takeNewUsers(cognito, show);
  keepLive(['challenge'], show);
};

void showOtpLinks('users');
start().catch((error) => announce('message', 'bad', wordsFor(error)));
