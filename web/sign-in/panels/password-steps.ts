/** The steps that ask for the password, and for a new one. */
import { bad, plain } from '../../../client/words/notice.ts';
import { bareText } from '../../../shared/domain/answer.ts';
import { byId } from '../../kit/element.ts';
import type { SignInClient } from '../amplify.ts';
import type { PageTexts } from '../language/page-texts.ts';
import type { Question } from '../sign-in.ts';
import { markInvalid, say, type View } from './view.ts';

const input = (id: string) => byId<HTMLInputElement>(id);

/** Says what is wrong, and marks the fields that it is about. */
export const refuse = (text: string, ...fields: readonly string[]): void => {
  say(bad(text));
  markInvalid(...fields);
};

const onSubmit = (form: string, submit: () => void): void =>
  byId(form).addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

export interface PasswordSteps {
  readonly view: View;
  readonly texts: PageTexts;
  readonly client: SignInClient;
  /** Asks Cognito, and shows what comes of it. */
  ask(question: Question): Promise<void>;
}

export const takePassword = ({ view, texts, client, ask }: PasswordSteps): void =>
  onSubmit('start', () => {
    const [email, password] = [bareText(input('email').value), input('password').value];
    if (email === '') return refuse(texts.emailMissing, 'email');
    if (password === '') return refuse(texts.passwordMissing, 'password');
    markInvalid();
    say(plain(texts.checkingPassword));
    const call = () => client.startSignIn(email, password);
    void view.whileBusy(byId('start-submit'), texts.signingIn, () =>
      ask({ stage: 'password', call, field: 'password' }),
    );
  });

export const takeNewPassword = ({ view, texts, client, ask }: PasswordSteps): void =>
  onSubmit('new-password-step', () => {
    const [password, again] = [input('new-password').value, input('repeat-password').value];
    if (password === '') return refuse(texts.newPasswordMissing, 'new-password');
    if (again === '') return refuse(texts.repeatMissing, 'repeat-password');
    if (password !== again) return refuse(texts.passwordsDiffer, 'repeat-password');
    markInvalid();
    const call = () => client.chooseNewPassword(password);
    void view.whileBusy(byId('new-password-submit'), texts.saving, () =>
      ask({ stage: 'newPassword', call, field: 'new-password' }),
    );
  });
