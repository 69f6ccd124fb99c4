/** Each state of the sign-in page that looks different, drawn by the page's own code. */
import type { SignInProblem } from '../../client/problem.ts';
import { describeStep } from '../../client/words/describe-step.ts';
import { good, plain } from '../../client/words/notice.ts';
import { byId } from '../kit/element.ts';
import { refuse } from '../sign-in/panels/password-steps.ts';
import { say } from '../sign-in/panels/view.ts';
import { backToStart, type PageSignIn, showProblem, showReply, showSignedIn } from '../sign-in/sign-in.ts';
import { type FixedCode, fixedStep, NOW } from './fixed-step.ts';

export interface GalleryState {
  readonly name: string;
  draw(signIn: PageSignIn): void | Promise<void>;
}

const MINUTE_MS = 60_000;
const EXPIRED = { expiresAt: NOW } as const;

const code = (name: string, fixed: FixedCode): GalleryState => ({
  name,
  draw: ({ codePanel }) => codePanel.open(fixedStep(fixed)),
});

const problem = (name: string, found: SignInProblem, ...fields: readonly string[]): GalleryState => ({
  name,
  draw: (signIn) => {
    byId<HTMLInputElement>('email').value = 'alice@example.com';
    showProblem(signIn, found, ...fields);
  },
});

const showNewPassword = (signIn: PageSignIn): Promise<void> => showReply(signIn, { kind: 'newPassword' });

const password: readonly GalleryState[] = [
  {
    name: 'start',
    draw: ({ view, language }) => view.showPanel('start', plain(language.page.welcome), false),
  },
  { name: 'start-no-email', draw: ({ language }) => refuse(language.page.emailMissing, 'email') },
  problem('start-wrong', { code: 'wrongPassword', next: 'correct' }, 'password'),
  problem('start-no-answer', { code: 'noAnswer', next: 'repeat' }),
  problem('start-locked', { code: 'locked', next: 'startOver', retryAt: NOW + 15 * MINUTE_MS }),
  problem('start-too-many-mails', { code: 'tooManyMails', next: 'startOver', retryAt: NOW + 15 * MINUTE_MS }),
  problem('start-reset', { code: 'passwordResetRequired', next: 'startOver' }),
  {
    name: 'start-busy',
    draw: ({ view, language }) => {
      void view.whileBusy(byId('start-submit'), language.page.signingIn, () => new Promise(() => {}));
      say(plain(language.page.longer));
    },
  },
  { name: 'new-password', draw: showNewPassword },
  {
    name: 'new-password-differs',
    draw: async (signIn) => {
      await showNewPassword(signIn);
      refuse(signIn.language.page.passwordsDiffer, 'repeat-password');
    },
  },
];

const codes: readonly GalleryState[] = [
  code('code', { challenge: { delivery: 'SENDING', resendAt: NOW + 24_000 } }),
  code('code-sent', { news: { kind: 'mailStatus' } }),
  code('code-delivered', { news: { kind: 'mailStatus' }, challenge: { delivery: 'DELIVERED' } }),
  code('code-deferred', { news: { kind: 'mailStatus' }, challenge: { delivery: 'DEFERRED' } }),
  code('code-delayed', { news: { kind: 'mailStatus' }, challenge: { delivery: 'DELAYED' } }),
  code('code-returned', { news: { kind: 'mailStatus' }, challenge: { delivery: 'BOUNCED' } }),
  code('code-blocked', { news: { kind: 'mailStatus' }, challenge: { delivery: 'SUPPRESSED' } }),
  code('code-not-sent', { news: { kind: 'mailStatus' }, challenge: { delivery: 'FAILED' } }),
  code('code-no-mail', { news: { kind: 'mailStatus' }, isMailOverdue: true }),
  code('code-wrong', { news: { kind: 'wrongCode' }, challenge: { attemptsLeft: 4 } }),
  code('code-lock-near', {
    news: { kind: 'wrongCode' },
    challenge: { attemptsLeft: 3, triesUntilLock: 4 },
  }),
  code('code-unreadable', { news: { kind: 'notACode' } }),
  code('code-replaced', { news: { kind: 'codeReplaced', why: 'expired' } }),
  code('code-resumed', { news: { kind: 'stepResumed' } }),
  code('code-ordered', {
    news: { kind: 'mailOrdered', newCode: false, another: true },
    challenge: { delivery: 'SENDING', resendAt: NOW + MINUTE_MS },
  }),
  code('code-limit', {
    news: { kind: 'limitReached' },
    challenge: { limited: 'SEND_LIMIT', resendAt: NOW + 15 * MINUTE_MS },
  }),
  code('code-no-answer', { news: { kind: 'noAnswer' } }),
  code('code-expired', { news: { kind: 'codeExpired' }, challenge: EXPIRED }),
  code('code-over', {
    news: { kind: 'codeOver', why: 'elsewhere' },
    challenge: { status: 'OVER', ...EXPIRED },
  }),
];

const ends: readonly GalleryState[] = [
  {
    name: 'ended',
    draw: (signIn) => {
      const state = {
        kind: 'password',
        username: 'alice@example.com',
        problem: { code: 'sessionOver', next: 'startOver' },
        fate: { kind: 'unknown' },
      } as const;
      backToStart(signIn, describeStep(state, NOW, signIn.language.wording));
    },
  },
  {
    name: 'signed-in',
    draw: async (signIn) => {
      await showSignedIn(signIn, signIn.language.wording.words.step.signedIn);
    },
  },
  {
    name: 'signed-in-continue',
    draw: async (signIn) => {
      byId('continue').hidden = false;
      await showSignedIn(signIn, signIn.language.page.welcomeBack);
    },
  },
  { name: 'signed-out', draw: (signIn) => backToStart(signIn, good(signIn.language.page.signedOut)) },
];

export const GALLERY_STATES: readonly GalleryState[] = [...password, ...codes, ...ends];
