/** Asks for the code from the mail: its field, its countdowns, another mail, and how the mail stands. */
import type { AskingForCode, BackToPassword, CodeStep, SignedIn } from 'cognito-email-otp/client';
import { describeResendWait, describeStep } from 'cognito-email-otp/client/words';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Heading } from './heading.tsx';
import { useCodeStep } from './use-code-step.ts';

/** After these, what was typed is of no more use. */
const USED_UP = ['wrongCode', 'codeReplaced', 'mailOrdered'];
const WRONG = ['wrongCode', 'codeReplaced', 'notACode'];

const describeLife = (seconds: number | undefined): string => {
  if (seconds === undefined) return '';
  if (seconds === 0) return 'The code has expired.';
  return `The code works for another ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

interface AskedProps {
  readonly step: CodeStep;
  readonly state: AskingForCode;
  readonly onStartOver: () => void;
}

const AskedCode = ({ step, state, onStartOver }: AskedProps) => {
  const { challenge, news, pending, codeSeconds, may } = state;
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (USED_UP.includes(news.kind)) setText('');
    if (WRONG.includes(news.kind)) field.current?.focus();
  }, [news]);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void step.answer(text);
  };
  const startOver = () => {
    // Amplify knows one sign-in: an answer that is on its way would come into the next one.
    if (pending !== undefined) return;
    step.close();
    onStartOver();
  };
  // A button that cannot be used keeps the focus. The step itself sends nothing that is not possible.
  return (
    <>
      <Heading notice={describeStep(state, step.now())}>Enter the code</Heading>
      <form onSubmit={onSubmit} noValidate>
        <label>
          Code from the mail
          <input
            ref={field}
            inputMode="numeric"
            autoComplete="one-time-code"
            aria-describedby="notice life"
            aria-invalid={WRONG.includes(news.kind)}
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              step.typed(target.value);
            }}
          />
        </label>
        <p id="life" className="hint">
          {describeLife(codeSeconds)}
        </p>
        <button type="submit" aria-disabled={!may.answer}>
          {pending === 'answer' ? 'Checking …' : 'Confirm'}
        </button>
        <button type="button" aria-disabled={!may.resend} onClick={() => void step.resend()}>
          {pending === 'resend' ? 'Ordering …' : 'Send another mail'}
        </button>
        <p className="hint">{describeResendWait(challenge, step.now())}</p>
        <button
          type="button"
          className="link"
          aria-disabled={!may.status}
          onClick={() => void step.askStatus()}
        >
          Where is the mail?
        </button>
        <button type="button" className="link" aria-disabled={pending !== undefined} onClick={startOver}>
          Start over
        </button>
      </form>
    </>
  );
};

interface Props {
  readonly step: CodeStep;
  readonly onEnd: (end: BackToPassword | SignedIn, now: number) => void;
  readonly onStartOver: () => void;
}

export const CodeForm = ({ step, onEnd, onStartOver }: Props) => {
  const state = useCodeStep(step);
  useEffect(() => {
    if (state.kind !== 'code') onEnd(state, step.now());
  }, [step, state, onEnd]);
  return state.kind === 'code' ? <AskedCode step={step} state={state} onStartOver={onStartOver} /> : null;
};
