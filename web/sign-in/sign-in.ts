/** The sign-in on the page, from the password to the tokens. */
import type { CodeReply } from '../../client/calls.ts';
import { type CodeStepOptions, createCodeStep, resumeCodeStep } from '../../client/code-step.ts';
import { problemOf, problemOfStep, type SignInProblem, type SignInStage } from '../../client/problem.ts';
import { describeStep } from '../../client/words/describe-step.ts';
import { bad, good, type Notice, plain } from '../../client/words/notice.ts';
import { describeProblem } from '../../client/words/problem-words.ts';
import { createLocalClock } from '../../shared/clock/service-clock.ts';
import { bareText } from '../../shared/domain/answer.ts';
import { fillText } from '../../shared/language/fill-text.ts';
import { byId } from '../kit/element.ts';
import type { SignInClient } from './amplify.ts';
import type { PageLanguage } from './language/page-language.ts';
import type { LocalParts } from './local/local-parts.ts';
import { type CodePanel, createCodePanel } from './panels/code-step.ts';
import { refuse } from './panels/password-steps.ts';
import { createView, type View } from './panels/view.ts';
import type { PoolConfig } from './pool-config.ts';
import type { StepKeeper } from './remembered-step.ts';

export interface SignInParts {
  readonly config: PoolConfig;
  readonly language: PageLanguage;
  readonly client: SignInClient;
  readonly steps: StepKeeper;
  readonly local: LocalParts | undefined;
  /** Where to go after the sign-in, if the page's address asks for it and may. */
  readonly returnTo: string | undefined;
  readonly go: (address: string) => void;
}

export interface PageSignIn extends SignInParts {
  readonly view: View;
  readonly codePanel: CodePanel;
  readonly codeOptions: CodeStepOptions;
}

export interface Question {
  readonly stage: SignInStage;
  readonly call: () => Promise<CodeReply>;
  /** The field that is wrong if Cognito refuses what was typed. */
  readonly field: string;
}

const input = (id: string) => byId<HTMLInputElement>(id);

export const backToStart = (
  { steps, codePanel, local, view }: PageSignIn,
  notice: Notice,
  focus = true,
): void => {
  steps.forget();
  codePanel.close();
  input('password').value = '';
  local?.offerDemoUser(true);
  view.showPanel('start', notice, focus);
  if (focus && input('email').value !== '') input('password').focus();
};

/** `words` say how it came. Returns whether somebody is signed in. */
export const showSignedIn = async (signIn: PageSignIn, words: string): Promise<boolean> => {
  const { client, steps, codePanel, local, view, language } = signIn;
  const tokens = await client.readTokens();
  if (tokens === undefined) {
    backToStart(signIn, bad(language.page.notKept));
    return false;
  }
  steps.forget();
  codePanel.close();
  local?.offerDemoUser(false);
  local?.showClaims(tokens);
  const user = String(tokens.id.email ?? tokens.access.username);
  view.showPanel('done', good(`${words} ${fillText(language.page.signedInAs, { user })}`));
  return true;
};

/**
 * Goes on by itself only after a sign-in on this page. Whoever was signed in before presses the button: if the app does not take their
 * tokens and sends them here, the two pages would send them to and fro.
 */
const finish = async (signIn: PageSignIn): Promise<void> => {
  const words = signIn.language.wording.words.step.signedIn;
  if ((await showSignedIn(signIn, words)) && signIn.returnTo !== undefined) signIn.go(signIn.returnTo);
};

export const showProblem = (
  signIn: PageSignIn,
  problem: SignInProblem,
  ...fields: readonly string[]
): void => {
  const text = describeProblem(problem, Date.now(), signIn.language.wording);
  if (problem.next === 'startOver') backToStart(signIn, bad(text));
  else refuse(text, ...(problem.next === 'correct' ? fields : []));
};

export const showReply = async (signIn: PageSignIn, reply: CodeReply): Promise<void> => {
  signIn.local?.offerDemoUser(false);
  switch (reply.kind) {
    case 'signedIn':
      return finish(signIn);
    case 'newPassword':
      signIn.steps.remember('newPassword');
      input('new-password-user').value = input('email').value;
      return signIn.view.showPanel('new-password-step', plain(signIn.language.page.newPasswordLead));
    case 'code': {
      const username = bareText(input('email').value);
      const { parameters } = reply;
      return signIn.codePanel.open(createCodeStep({ ...signIn.codeOptions, username, parameters }));
    }
    case 'other':
      return showProblem(signIn, problemOfStep(reply.name));
  }
};

/** Calls Cognito, and shows the next step or what went wrong. */
export const ask = async (signIn: PageSignIn, { stage, call, field }: Question): Promise<void> => {
  try {
    await showReply(signIn, await call());
  } catch (error) {
    const problem = problemOf(error, stage);
    if (problem.code === 'alreadySignedIn')
      await showSignedIn(signIn, signIn.language.page.signedInElsewhere);
    else showProblem(signIn, problem, field);
  }
};

export const followOtherTabs = (signIn: PageSignIn): void =>
  signIn.client.watchOtherTabs(async () => {
    const { signedInElsewhere, signedOutElsewhere } = signIn.language.page;
    const signedIn = (await signIn.client.readTokens()) !== undefined;
    const shown = !byId('done').hidden;
    if (signedIn && !shown) await showSignedIn(signIn, signedInElsewhere);
    if (!signedIn && shown) backToStart(signIn, plain(signedOutElsewhere), false);
  });

/** Continues where the page was before it was loaded again. */
export const resume = async (signIn: PageSignIn): Promise<void> => {
  const { client, steps, language, codePanel, codeOptions, local, view } = signIn;
  const recalled = steps.recall();
  if ((await client.readTokens()) !== undefined)
    return void (await showSignedIn(signIn, language.page.welcomeBack));
  switch (recalled.kind) {
    case 'newPassword':
      return showReply(signIn, { kind: 'newPassword' });
    case 'code':
      local?.offerDemoUser(false);
      return codePanel.open(resumeCodeStep(codeOptions, recalled.saved));
    case 'tooLate':
      return showProblem(signIn, { code: 'stepForgotten', next: 'startOver' });
    case 'none':
      // The fields are not cleared, because the person or the browser may have filled them while the page was loading.
      local?.offerDemoUser(true);
      return view.showPanel('start', plain(language.page.welcome), false);
  }
};

export const createSignIn = (parts: SignInParts): PageSignIn => {
  const { config, language, client, steps } = parts;
  const view = createView(language.page, config.brand?.name ?? (config.endpoint && 'Email OTP'));
  const codePanel = createCodePanel(
    view,
    language,
    (step) => steps.remember(step),
    (state, now) => {
      if (state.kind === 'signedIn') return void finish(signIn);
      input('email').value = state.username;
      backToStart(signIn, describeStep(state, now, language.wording));
    },
  );
  // Of a deployed pool the service's answers say the time. The local system's clock may be shifted or faster on purpose.
  const clock = config.endpoint === undefined ? {} : { clock: createLocalClock() };
  const signIn: PageSignIn = {
    ...parts,
    view,
    codePanel,
    codeOptions: { calls: client.codeCalls, ...clock },
  };
  return signIn;
};
