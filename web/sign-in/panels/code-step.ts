/** Shows the step that asks for the code: its field, its two countdowns, and the buttons for a new mail and for how the mail stands. */
import type { CodeStep } from '../../../client/code-step.ts';
import type { AskingForCode, BackToPassword, SignedIn } from '../../../client/step-state.ts';
import { describeCodeTime, describeResendWait } from '../../../client/words/countdown-words.ts';
import { describeStep } from '../../../client/words/describe-step.ts';
import { plain } from '../../../client/words/notice.ts';
import type { Wording } from '../../../client/words/wording.ts';
import { byId, setText } from '../../kit/element.ts';
import type { PageLanguage } from '../language/page-language.ts';
import { createAutoSubmit } from './auto-submit.ts';
import { showNoMail } from './no-mail.ts';
import { markInvalid, say, type View } from './view.ts';

export interface CodePanel {
  open(step: CodeStep): void;
  close(): void;
}

const field = () => byId<HTMLInputElement>('code');
const button = (id: string) => byId<HTMLButtonElement>(id);

/** Shows as the main button the one that helps: when the code has ended, that for a new mail. */
const showMainButton = ({ may, pending }: AskingForCode): void => {
  if (pending !== undefined && pending !== 'status') return;
  const hadFocus = document.activeElement === button('code-submit');
  button('code-submit').hidden = !may.answer;
  button('resend').classList.toggle('primary', !may.answer);
  if (hadFocus && !may.answer) field().focus();
};

/** While a call is under way nobody may begin anew: its answer would come into the next sign-in, as Amplify knows only one. */
const showButtons = ({ challenge, may, pending }: AskingForCode, now: number, wording: Wording): void => {
  const disable = (id: string, isDisabled: boolean) => {
    if (button(id).getAttribute('aria-busy') !== 'true') button(id).disabled = isDisabled;
  };
  disable('resend', !may.resend);
  // A question that the page asks by itself takes the focus from nobody.
  disable('ask-status', !may.status && pending !== 'status');
  disable('code-start-over', pending !== undefined);
  setText(byId('resend-wait'), describeResendWait(challenge, now, wording) ?? '');
};

/** `onChange` is called whenever there is something new to remember, and `onEnd` once with the state that ends the step. */
export const createCodePanel = (
  view: View,
  { page: texts, wording }: PageLanguage,
  onChange: (step: CodeStep) => void,
  onEnd: (state: BackToPassword | SignedIn, now: number) => void,
): CodePanel => {
  let step: CodeStep | undefined;
  let shown: AskingForCode | undefined;
  let leave = () => {};

  /** Says what happened. What was typed goes, if it is of no more use. */
  const showNews = (state: AskingForCode, now: number): void => {
    const { kind } = state.news;
    const isWrong = kind === 'wrongCode' || kind === 'codeReplaced';
    if (isWrong || kind === 'mailOrdered') field().value = '';
    say(describeStep(state, now, wording));
    if (isWrong || kind === 'notACode') markInvalid('code');
  };
  const close = () => {
    leave();
    step?.close();
    step = undefined;
    shown = undefined;
    field().value = '';
  };
  const show = (current: CodeStep) => {
    const { state } = current;
    if (state.kind !== 'code') {
      close();
      return onEnd(state, current.now());
    }
    if (state.news !== shown?.news) showNews(state, current.now());
    if (state.news !== shown?.news || state.pending !== shown?.pending) onChange(current);
    shown = state;
    setText(byId('expiry'), describeCodeTime(state, wording) ?? '');
    showMainButton(state);
    showButtons(state, current.now(), wording);
    showNoMail(state, wording);
  };
  /** Shows what came of a click. `before` is what was said until then. */
  const settle = (current: CodeStep, before: AskingForCode['news'] | undefined) => {
    if (step !== current) return;
    show(current);
    // Nothing came of it, so what was said before holds.
    if (shown !== undefined && shown.news === before) showNews(shown, current.now());
    // The button that had the focus was disabled meanwhile.
    if (document.activeElement === document.body) field().focus();
  };
  const ask = (id: string, text: string, words: string, call: (of: CodeStep) => Promise<void>) => {
    if (step === undefined) return;
    const [current, before] = [step, shown?.news];
    markInvalid();
    say(plain(words));
    void view.whileBusy(button(id), text, () => call(current)).then(() => settle(current, before));
  };
  /** The code may be typed meanwhile. */
  const askStatus = async () => {
    if (step === undefined) return;
    const [current, before] = [step, shown?.news];
    say(plain(texts.askingStatus));
    button('ask-status').setAttribute('aria-busy', 'true');
    await current.askStatus();
    button('ask-status').removeAttribute('aria-busy');
    settle(current, before);
  };
  const answer = () =>
    ask('code-submit', texts.checking, texts.checkingCode, (of) => of.answer(field().value));

  createAutoSubmit(field(), () => step, answer);
  byId('code-step').addEventListener('submit', (event) => {
    event.preventDefault();
    answer();
  });
  button('resend').addEventListener('click', () =>
    ask('resend', texts.ordering, texts.orderingMail, (of) => of.resend()),
  );
  button('ask-status').addEventListener('click', () => void askStatus());

  return {
    open: (opened) => {
      close();
      step = opened;
      const { state } = opened;
      if (state.kind === 'code') view.showPanel('code-step', describeStep(state, opened.now(), wording));
      leave = opened.subscribe(() => show(opened));
      show(opened);
    },
    close,
  };
};
