/** The sign-in page: asks for the password, for a new password if Cognito wants one, and for the mailed code. */

import type { ServiceClock } from '../../shared/clock/service-clock.ts';
import { bareText } from '../../shared/domain/answer.ts';
import { type CodeChallenge, keepWaiting } from '../../shared/messages/public-parameters.ts';
import {
  afterAnswer,
  afterPassword,
  afterReload,
  afterResend,
  type DescribeCode,
  unreadable,
} from '../../shared/words/code-words.ts';
import { bad, good, type Notice, plain } from '../../shared/words/notice.ts';
import { describeUnknownStep, type SignInStage } from '../../shared/words/refusal-words.ts';
import { byId } from '../kit/element.ts';
import type { SignInStep } from './amplify.ts';
import { showClaims } from './claims-table.ts';
import { type CodeStep, createCodeStep, PAGE } from './code-step.ts';
import { describeError } from './error-words.ts';
import { offerDemoUser, showLocalHint } from './local-hint.ts';
import { createPageClock } from './page-clock.ts';
import { readPoolConfig } from './pool-config.ts';
import { createStepStore, type StepStore } from './remembered-step.ts';
import { markInvalid, say, showPanel, whileBusy } from './view.ts';

const WELCOME = plain('Enter your email address and password. Then we mail you a code.');
const CHOOSE = plain('Your password was a temporary one. Choose your own, then we mail you a code.');

const input = (id: string) => byId<HTMLInputElement>(id);
const button = (id: string) => byId<HTMLButtonElement>(id);

interface SignIn {
  readonly client: typeof import('./amplify.ts');
  readonly steps: StepStore;
  readonly codeStep: CodeStep;
  readonly clock: ServiceClock;
  /** The challenge that the person has to answer now. */
  challenge?: CodeChallenge | undefined;
}

const backToStart = (signIn: SignIn, notice: Notice, focus = true): void => {
  signIn.steps.forget();
  signIn.codeStep.hide();
  signIn.challenge = undefined;
  input('password').value = '';
  offerDemoUser(true);
  showPanel('start', notice, focus);
  if (focus && input('email').value !== '') input('password').focus();
};

const showSignedIn = async (signIn: SignIn, words: string): Promise<void> => {
  const tokens = await signIn.client.readTokens();
  if (tokens === undefined) {
    return backToStart(signIn, bad('The sign-in could not be kept. Please sign in again.'));
  }
  signIn.steps.forget();
  signIn.codeStep.hide();
  offerDemoUser(false);
  showClaims(tokens);
  showPanel('done', good(`${words} You are signed in as ${tokens.id.email ?? tokens.access.username}.`));
};

const showStep = async (signIn: SignIn, step: SignInStep, describe: DescribeCode): Promise<void> => {
  offerDemoUser(false);
  switch (step.kind) {
    case 'signedIn':
      return showSignedIn(signIn, 'The password and the code were right.');
    case 'newPassword':
      signIn.steps.remember(step);
      input('new-password-user').value = input('email').value;
      return showPanel('new-password-step', CHOOSE);
    case 'code': {
      const notice = describe({
        ...PAGE,
        challenge: step.challenge,
        before: signIn.challenge,
        now: signIn.clock.now(),
      });
      const challenge = keepWaiting(step.challenge, signIn.challenge);
      signIn.challenge = challenge;
      signIn.steps.remember({ ...step, challenge });
      return signIn.codeStep.show(challenge, notice);
    }
    case 'unsupported':
      return backToStart(signIn, bad(describeUnknownStep(step.name)));
  }
};

const refuse = (text: string, ...fields: readonly string[]): void => {
  say(bad(text));
  markInvalid(...fields);
};

interface Question {
  readonly stage: SignInStage;
  readonly call: () => Promise<SignInStep>;
  /** Describes the next step if it asks for a code. */
  readonly describe: DescribeCode;
  /** The field that is wrong if Cognito refuses what was typed. */
  readonly field: string;
}

/** Calls Cognito, and shows the next step or what went wrong. */
const ask = async (signIn: SignIn, { stage, call, describe, field }: Question): Promise<void> => {
  // Nobody waits for this: it is there before Cognito's answer, or the last comparison has to do.
  void signIn.clock.compare();
  try {
    await showStep(signIn, await call(), describe);
  } catch (error) {
    if ((error as Error).name === 'UserAlreadyAuthenticatedException') {
      return showSignedIn(signIn, 'Another tab had signed in meanwhile.');
    }
    const { text, next } = describeError(error, stage, signIn.clock.now());
    if (next === 'startOver') backToStart(signIn, bad(text));
    else refuse(text, ...(next === 'correct' ? [field] : []));
  }
};

const onSubmit = (form: string, submit: () => void): void =>
  byId(form).addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

const takePassword = (signIn: SignIn): void =>
  onSubmit('start', () => {
    const [email, password] = [bareText(input('email').value), input('password').value];
    if (email === '') return refuse('Enter your email address.', 'email');
    if (password === '') return refuse('Enter your password.', 'password');
    markInvalid();
    say(plain('Proving your password …'));
    const call = () => signIn.client.startSignIn(email, password);
    void whileBusy(button('start-submit'), 'Signing in …', () =>
      ask(signIn, { stage: 'password', call, describe: afterPassword, field: 'password' }),
    );
  });

const takeNewPassword = (signIn: SignIn): void =>
  onSubmit('new-password-step', () => {
    const [password, again] = [input('new-password').value, input('repeat-password').value];
    if (password === '') return refuse('Enter a new password.', 'new-password');
    if (again === '') return refuse('Type the new password again.', 'repeat-password');
    if (password !== again) {
      return refuse('The two passwords differ. Type the same one twice.', 'repeat-password');
    }
    markInvalid();
    const call = () => signIn.client.answer(password);
    void whileBusy(button('new-password-submit'), 'Saving …', () =>
      ask(signIn, { stage: 'newPassword', call, describe: afterPassword, field: 'new-password' }),
    );
  });

const takeCode = (signIn: SignIn): void => {
  const { client, codeStep } = signIn;
  onSubmit('code-step', () => {
    const code = codeStep.read();
    if (code === undefined) {
      return refuse(unreadable(signIn.challenge?.codeLength ?? 6), 'code');
    }
    markInvalid();
    say(plain('Checking the code …'));
    void whileBusy(button('code-submit'), 'Checking …', () =>
      ask(signIn, { stage: 'code', call: () => client.answer(code), describe: afterAnswer, field: 'code' }),
    );
  });
  button('resend').addEventListener('click', () => {
    say(plain('Ordering another mail …'));
    void whileBusy(button('resend'), 'Ordering …', () =>
      ask(signIn, { stage: 'code', call: client.orderMail, describe: afterResend, field: 'code' }),
    );
  });
};

const takeLeave = (signIn: SignIn): void => {
  for (const control of document.querySelectorAll('[data-start-over]')) {
    control.addEventListener('click', () => backToStart(signIn, WELCOME));
  }
  button('sign-out').addEventListener('click', () => {
    void whileBusy(button('sign-out'), 'Signing out …', async () => {
      await signIn.client.leave();
      backToStart(signIn, good('You are signed out.'));
    });
  });
};

const followOtherTabs = (signIn: SignIn): void =>
  signIn.client.watchOtherTabs(async () => {
    const signedIn = (await signIn.client.readTokens()) !== undefined;
    const shown = !byId('done').hidden;
    if (signedIn && !shown) await showSignedIn(signIn, 'Another tab has signed in.');
    if (!signedIn && shown) backToStart(signIn, plain('You have signed out in another tab.'), false);
  });

/** Continues where the page was before it was loaded again. */
const resume = async (signIn: SignIn): Promise<void> => {
  const recalled = signIn.steps.recall();
  if ((await signIn.client.readTokens()) !== undefined) await showSignedIn(signIn, 'Welcome back.');
  else if (recalled.kind === 'step') await showStep(signIn, recalled.step, afterReload);
  else if (recalled.kind === 'tooLate') {
    backToStart(signIn, plain('The page was loaded again too late to go on. Please sign in again.'));
  } else {
    // The fields are not cleared, because the person or the browser may have filled them while the page was loading.
    offerDemoUser(true);
    showPanel('start', WELCOME, false);
  }
};

const start = async (): Promise<void> => {
  const [config, client] = await Promise.all([readPoolConfig(), import('./amplify.ts')]);
  client.configure(config);
  showLocalHint(config);
  const clock = createPageClock(config);
  void clock.compare();
  const signIn: SignIn = {
    client,
    clock,
    steps: createStepStore(sessionStorage),
    codeStep: createCodeStep(clock),
  };
  takePassword(signIn);
  takeNewPassword(signIn);
  takeCode(signIn);
  takeLeave(signIn);
  followOtherTabs(signIn);
  await resume(signIn);
  button('start-submit').disabled = false;
};

start().catch(() => {
  say(bad('This page could not be set up: its configuration is missing. Load it again in a moment.'));
});
