/** Asks for the code from the mail: its field, its countdowns, another mail, and how the mail stands. */
import type { AskingForCode, BackToPassword, CodeStep, SignedIn } from 'cognito-email-otp/client';
import { describeCodeTime, describeResendWait, describeStep } from 'cognito-email-otp/client/words';
import { keepStep } from './saved-step.ts';
import { byId, input, say, setText, showScreen } from './view.ts';
import { WORDING } from './wording.ts';

/** After these, what was typed is of no more use. */
const USED_UP = ['wrongCode', 'codeReplaced', 'mailOrdered'];
const WRONG = ['wrongCode', 'codeReplaced', 'notACode'];

let step: CodeStep | undefined;
let news: AskingForCode['news'] | undefined;
let leave = () => {};

const show = (state: AskingForCode, now: number): void => {
  const { may, pending, challenge } = state;
  say(describeStep(state, now, WORDING));
  if (state.news !== news) {
    news = state.news;
    if (USED_UP.includes(news.kind)) input('code').value = '';
    if (WRONG.includes(news.kind)) input('code').focus();
    input('code').ariaInvalid = String(WRONG.includes(news.kind));
  }
  setText('life', describeCodeTime(state, WORDING) ?? '');
  setText('resend-wait', describeResendWait(challenge, now, WORDING) ?? '');
  setText('confirm', pending === 'answer' ? 'Checking …' : 'Confirm');
  setText('resend', pending === 'resend' ? 'Ordering …' : 'Send another mail');
  // A button that cannot be used keeps the focus. The step itself sends nothing that is not possible.
  byId('confirm').ariaDisabled = String(!may.answer);
  byId('resend').ariaDisabled = String(!may.resend);
  byId('ask-status').ariaDisabled = String(!may.status);
};

export const closeCodeForm = (): void => {
  leave();
  step?.close();
  step = undefined;
  news = undefined;
  input('code').value = '';
};

/** Each change is kept for when the page is loaded again. `onEnd` is called once, with the state that ends the step. */
export const openCodeForm = (
  opened: CodeStep,
  onEnd: (end: BackToPassword | SignedIn, now: number) => void,
): void => {
  closeCodeForm();
  step = opened;
  const onChange = () => {
    const { state } = opened;
    keepStep(opened);
    if (state.kind === 'code') {
      show(state, opened.now());
    } else {
      closeCodeForm();
      onEnd(state, opened.now());
    }
  };
  leave = opened.subscribe(onChange);
  if (opened.state.kind === 'code')
    showScreen('code-form', describeStep(opened.state, opened.now(), WORDING), 'code');
  onChange();
};

byId('code-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void step?.answer(input('code').value);
});
byId('code').addEventListener('input', () => step?.typed(input('code').value));
byId('resend').addEventListener('click', () => void step?.resend());
byId('ask-status').addEventListener('click', () => void step?.askStatus());
