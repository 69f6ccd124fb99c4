/** The sign-in page: password, a new one where asked, then the mailed code. */
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { byId, h } from '../kit/element.ts';
import type { Step } from './amplify.ts';
import { claimsTable } from './claims-table.ts';
import {
  bad,
  type CodeAction,
  describeChallenge,
  good,
  keepWaiting,
  type Notice,
  plain,
} from './code-challenge.ts';
import { createCodeStep } from './code-step.ts';
import { explainError, type Stage } from './error-words.ts';
import { offerDemoUser, showLocalHint } from './local-hint.ts';
import { watchOtherTabs } from './other-tabs.ts';
import { readPoolConfig } from './pool-config.ts';
import { createStepStore } from './remembered-step.ts';
import { createServiceClock } from './service-clock.ts';
import { markInvalid, say, showPanel, whileBusy } from './view.ts';

const WELCOME = plain('Enter your email address and password. Then we mail you a code.');
const CHOOSE = plain('Your password was a temporary one. Choose your own, then we mail you a code.');

const input = (id: string) => byId<HTMLInputElement>(id);
const button = (id: string) => byId<HTMLButtonElement>(id);

const start = async (): Promise<void> => {
  const [config, client] = await Promise.all([readPoolConfig(), import('./amplify.ts')]);
  client.configure(config);
  showLocalHint(config);
  const steps = createStepStore(sessionStorage);
  const codeStep = createCodeStep(createServiceClock(config));
  let challenge: CodeChallenge | undefined;

  const backToStart = (notice: Notice, focus = true) => {
    steps.forget();
    codeStep.hide();
    challenge = undefined;
    input('password').value = '';
    offerDemoUser(true);
    showPanel('start', notice, focus);
    if (focus && input('email').value !== '') input('password').focus();
  };

  const showSignedIn = async (words = 'The password and the code were right.') => {
    const tokens = await client.readTokens();
    if (tokens === undefined) return backToStart(bad('The sign-in could not be kept. Please sign in again.'));
    steps.forget();
    codeStep.hide();
    offerDemoUser(false);
    byId('claims').replaceChildren(
      claimsTable('What the ID token says', tokens.id),
      h(
        'details',
        {},
        h('summary', {}, 'Show the access token too'),
        claimsTable('What the access token says', tokens.access),
      ),
    );
    showPanel('done', good(`${words} You are signed in as ${tokens.id.email ?? tokens.access.username}.`));
  };

  const showStep = async (step: Step, action: CodeAction): Promise<void> => {
    offerDemoUser(false);
    switch (step.kind) {
      case 'signedIn':
        return showSignedIn();
      case 'newPassword':
        steps.remember(step);
        input('new-password-user').value = input('email').value;
        return showPanel('new-password-step', CHOOSE);
      case 'code': {
        const notice = describeChallenge(action, step.challenge, challenge);
        challenge = keepWaiting(step.challenge, challenge);
        steps.remember({ ...step, challenge });
        return codeStep.show(challenge, notice);
      }
      case 'unsupported':
        return backToStart(
          bad(`This user pool asks for something that this page does not know (${step.name}).`),
        );
    }
  };

  /** Asks Cognito and shows what comes of it, be it the next step or what went wrong. */
  const ask = async (stage: Stage, action: CodeAction, call: () => Promise<Step>, field: string) => {
    try {
      await showStep(await call(), action);
    } catch (error) {
      if ((error as Error).name === 'UserAlreadyAuthenticatedException') {
        return showSignedIn('Another tab had signed in meanwhile.');
      }
      const problem = explainError(error, stage);
      if (problem.ends) return backToStart(bad(problem.text));
      say(bad(problem.text));
      markInvalid(field);
    }
  };

  const onSubmit = (form: string, submit: () => void) =>
    byId(form).addEventListener('submit', (event) => {
      event.preventDefault();
      submit();
    });
  const refuse = (text: string, ...fields: readonly string[]) => {
    say(bad(text));
    markInvalid(...fields);
  };

  onSubmit('start', () => {
    const [email, password] = [input('email').value.trim(), input('password').value];
    if (email === '') return refuse('Enter your email address.', 'email');
    if (password === '') return refuse('Enter your password.', 'password');
    markInvalid();
    say(plain('Proving your password …'));
    void whileBusy(button('start-submit'), 'Signing in …', () =>
      ask('password', 'password', () => client.provePassword(email, password), 'password'),
    );
  });

  onSubmit('new-password-step', () => {
    const [password, again] = [input('new-password').value, input('repeat-password').value];
    if (password === '') return refuse('Enter a new password.', 'new-password');
    if (again === '') return refuse('Type the new password again.', 'repeat-password');
    if (password !== again)
      return refuse('The two passwords differ. Type the same one twice.', 'repeat-password');
    markInvalid();
    void whileBusy(button('new-password-submit'), 'Saving …', () =>
      ask('newPassword', 'password', () => client.answer(password), 'new-password'),
    );
  });

  onSubmit('code-step', () => {
    const code = codeStep.read();
    if (code === undefined) {
      return refuse(
        `A code has ${challenge?.codeLength ?? 6} digits. Type it as it stands in the mail.`,
        'code',
      );
    }
    markInvalid();
    say(plain('Checking the code …'));
    void whileBusy(button('code-submit'), 'Checking …', () =>
      ask('code', 'code', () => client.answer(code), 'code'),
    );
  });

  button('resend').addEventListener('click', () => {
    say(plain('Ordering another mail …'));
    void whileBusy(button('resend'), 'Ordering …', () => ask('code', 'resend', client.orderMail, 'code'));
  });

  for (const control of document.querySelectorAll('[data-start-over]')) {
    control.addEventListener('click', () => backToStart(WELCOME));
  }

  button('sign-out').addEventListener('click', () => {
    void whileBusy(button('sign-out'), 'Signing out …', async () => {
      await client.leave();
      backToStart(good('You are signed out.'));
    });
  });

  watchOtherTabs(async () => {
    const signedIn = (await client.readTokens()) !== undefined;
    const shown = !byId('done').hidden;
    if (signedIn && !shown) await showSignedIn('Another tab has signed in.');
    if (!signedIn && shown) backToStart(plain('You have signed out in another tab.'), false);
  });

  const recalled = steps.recall();
  if ((await client.readTokens()) !== undefined) await showSignedIn('Welcome back.');
  else if (recalled.kind === 'step') await showStep(recalled.step, 'reload');
  else if (recalled.kind === 'tooLate') {
    backToStart(plain('The page was loaded again too late to go on. Please sign in again.'));
  } else {
    // What was typed or filled in while the page was loading stays.
    offerDemoUser(true);
    showPanel('start', WELCOME, false);
  }
  button('start-submit').disabled = false;
};

start().catch(() => {
  say(bad('This page could not be set up: its configuration is missing. Load it again in a moment.'));
});
