/** The sign-in: the password, what Cognito asks for next, and the screen for it. */
import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';
import {
  type AuthResponse,
  type BackToPassword,
  createCodeStep,
  problemOf,
  problemOfStep,
  readSdkResponse,
  resumeCodeStep,
  type SavedStep,
  type SignedIn,
  type SignInProblem,
} from 'cognito-email-otp/client';
import { describeProblem, describeStep, type Notice } from 'cognito-email-otp/client/words';
import { closeCodeForm, openCodeForm } from './code-form.ts';
import { codeCalls, giveNewPassword, givePassword, readClaim, signOut } from './cognito.ts';
import { forgetStep, keptStep } from './saved-step.ts';
import { byId, input, showScreen } from './view.ts';
import { WORDING } from './wording.ts';

const plain = (text: string): Notice => ({ tone: 'plain', text });
const good = (text: string): Notice => ({ tone: 'good', text });
const WELCOME = plain('Enter your email address and your password. Then we mail you a code.');

/** Only here, so they are gone when the page is loaded again. An app that keeps them decides where, and refreshes them. */
let tokens: AuthenticationResultType = {};
/** The response that asks for a new password. */
let newPasswordAsked: AuthResponse = {};

const showPassword = (notice: Notice, username = ''): void => {
  input('username').value = username;
  input('password').value = '';
  showScreen('password-form', notice, username === '' ? 'username' : 'password');
};

const showSignedIn = (received: unknown): void => {
  tokens = received as AuthenticationResultType;
  showScreen('signed-in', good(`You are signed in as ${readClaim(tokens, 'email')}.`));
};

const showProblem = (problem: SignInProblem, stage: 'password' | 'newPassword'): void => {
  const notice: Notice = { tone: 'bad', text: describeProblem(problem, Date.now(), WORDING) };
  if (stage === 'newPassword' && problem.next !== 'startOver')
    showScreen('new-password-form', notice, 'new-password');
  else showPassword(notice, input('username').value);
};

const afterStep = (end: BackToPassword | SignedIn, now: number): void => {
  if (end.kind === 'signedIn') showSignedIn(end.tokens);
  else showPassword(describeStep(end, now, WORDING), end.username);
};

const askNewPassword = (asked: AuthResponse, username: string): void => {
  newPasswordAsked = asked;
  input('new-password-username').value = username;
  input('new-password').value = '';
  const notice = plain('Your password was a temporary one. Choose your own.');
  showScreen('new-password-form', notice, 'new-password');
};

const showResponse = (response: AuthResponse): void => {
  const reply = readSdkResponse(response);
  const username = input('username').value.trim();
  if (reply.kind === 'signedIn') showSignedIn(reply.tokens);
  else if (reply.kind === 'newPassword') askNewPassword(response, username);
  else if (reply.kind === 'other') showProblem(problemOfStep(reply.name), 'password');
  else {
    const calls = codeCalls(username, response.Session);
    openCodeForm(createCodeStep({ calls, username, parameters: reply.parameters }), afterStep);
  }
};

/** Makes the call when the form is sent, one at a time, and shows what came of it. */
const onSubmit = (stage: 'password' | 'newPassword', id: string, call: () => Promise<AuthResponse>): void => {
  let isBusy = false;
  byId(id).addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    try {
      showResponse(await call());
    } catch (error) {
      const problem = problemOf(error, stage);
      if (problem.code === 'unknown') console.error(error);
      showProblem(problem, stage);
    } finally {
      isBusy = false;
    }
  });
};

onSubmit('password', 'password-form', () =>
  givePassword(input('username').value.trim(), input('password').value),
);
onSubmit('newPassword', 'new-password-form', () =>
  giveNewPassword(newPasswordAsked, input('new-password').value),
);
byId('start-over').addEventListener('click', () => {
  closeCodeForm();
  forgetStep();
  showPassword(WELCOME);
});
byId('sign-out').addEventListener('click', async () => {
  // Whoever cannot be reached is signed out here all the same.
  await signOut(tokens).catch(console.error);
  tokens = {};
  showPassword(good('You are signed out.'));
});

const saved = keptStep() as SavedStep | undefined;
if (saved === undefined) showPassword(WELCOME);
else openCodeForm(resumeCodeStep({ calls: codeCalls(saved.username, saved.session) }, saved), afterStep);
