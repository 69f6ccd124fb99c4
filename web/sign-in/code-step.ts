/** The step that asks for the code: its field, its two countdowns, and the button that orders another mail. */

import type { ServiceClock } from '../../shared/clock/service-clock.ts';
import { readAnswer } from '../../shared/domain/answer.ts';
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { afterExpiry, describeResendWait, type Medium } from '../../shared/words/code-words.ts';
import type { Notice } from '../../shared/words/notice.ts';
import { countdown } from '../../shared/words/times.ts';
import { byId, setText } from '../kit/element.ts';
import { markInvalid, say, showPanel } from './view.ts';

/** On the page, the button is below the text. */
export const PAGE: Medium = { orderAnother: 'order another mail below' };

const TICK_MS = 250;
/** Milliseconds between two comparisons of the clocks while a countdown runs. */
const COMPARE_MS = 5_000;

export interface CodeStep {
  show(challenge: CodeChallenge, notice: Notice): void;
  hide(): void;
  /** Returns the code in the field, or undefined if the text cannot be a code. */
  read(): string | undefined;
}

/** Shows how long the code still works. Returns false if it has expired. */
const showExpiry = ({ expiresAt }: CodeChallenge, now: number): boolean => {
  const left = countdown(expiresAt, now);
  setText(byId('expiry-text'), left === undefined ? 'The code has expired.' : 'The code works for another');
  setText(byId('expiry-time'), left ?? '');
  return left !== undefined;
};

const showResend = (challenge: CodeChallenge, now: number): void => {
  const button = byId<HTMLButtonElement>('resend');
  const wait = describeResendWait(challenge, now);
  if (button.getAttribute('aria-busy') !== 'true') button.disabled = wait !== undefined;
  setText(byId('resend-wait'), wait ?? '');
};

export const createCodeStep = (clock: ServiceClock): CodeStep => {
  const field = byId<HTMLInputElement>('code');
  let challenge: CodeChallenge | undefined;
  let expired = false;
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = () => {
    if (challenge === undefined) return;
    const now = clock.now();
    const live = showExpiry(challenge, now);
    if (!live && !expired) say(afterExpiry(challenge, PAGE, now));
    expired = !live;
    showResend(challenge, now);
  };

  // A code that was pasted with spaces, dashes or the digits of another script is shown in plain digits.
  field.addEventListener('input', (event) => {
    const { inputType } = event as InputEvent;
    const code = challenge && readAnswer(field.value, challenge.codeLength);
    if (code !== undefined && inputType !== 'insertText') field.value = code;
  });

  let compared = 0;
  const run = () => {
    tick();
    if (performance.now() - compared < COMPARE_MS) return;
    compared = performance.now();
    void clock.compare().then(tick);
  };

  return {
    show: (shown, notice) => {
      challenge = shown;
      expired = false;
      compared = 0;
      field.value = '';
      showPanel('code-step', notice);
      if (notice.tone === 'bad') markInvalid('code');
      clearInterval(timer);
      timer = setInterval(run, TICK_MS);
      void clock.compare().then(tick);
    },
    hide: () => {
      challenge = undefined;
      clearInterval(timer);
      field.value = '';
    },
    read: () => challenge && readAnswer(field.value, challenge.codeLength),
  };
};
