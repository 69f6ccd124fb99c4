/** The dialogs of the users page. Each asks for one thing about one user, and stays open with the reason while that is refused. */
import { announce } from '../../../web/kit/announce.ts';
import { byId, setText } from '../../../web/kit/element.ts';
import type { ListedUser } from './cognito-users.ts';

interface DialogOptions {
  /** The id of the dialog; its form, its user, its problem and its field have ids that begin with it. */
  readonly id: string;
  /** The id of the field that the dialog asks for, if it does. */
  readonly field?: string;
  /** Returns the sentence that says what was done. Rejects if it is refused. */
  submit(user: ListedUser, form: HTMLFormElement): Promise<string>;
  /** The words for an error. */
  explain(error: unknown): string;
}

export interface UserDialog {
  /** `value` is what the field has at first. */
  open(user: ListedUser, value?: string): void;
}

export const createUserDialog = ({ id, field, submit, explain }: DialogOptions): UserDialog => {
  const dialog = byId<HTMLDialogElement>(id);
  const form = byId<HTMLFormElement>(`${id}-form`);
  const problem = `${id}-problem`;
  const input = field === undefined ? undefined : byId<HTMLInputElement>(field);
  let chosen: ListedUser | undefined;

  const clear = () => {
    announce(problem, 'plain', '');
    input?.removeAttribute('aria-invalid');
  };
  const run = async (user: ListedUser) => {
    clear();
    try {
      const done = await submit(user, form);
      dialog.close();
      announce('message', 'good', done);
    } catch (error) {
      announce(problem, 'bad', explain(error));
      input?.setAttribute('aria-invalid', 'true');
      input?.focus();
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (chosen !== undefined) void run(chosen);
  });
  form.querySelector('[data-cancel]')?.addEventListener('click', () => dialog.close());

  return {
    open: (user, value = '') => {
      chosen = user;
      form.reset();
      clear();
      if (input !== undefined) input.value = value;
      setText(byId(`${id}-user`), user.email);
      dialog.showModal();
      input?.focus();
    },
  };
};
