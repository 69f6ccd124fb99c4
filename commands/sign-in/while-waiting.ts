/** What the person at the terminal is told while the question for the code waits, without having typed anything. */
import type { CodeStep } from '../../client/code-step.ts';
import type { AskingForCode } from '../../client/step-state.ts';
import { describeStep } from '../../client/words/describe-step.ts';
import { ENGLISH } from '../../client/words/english.ts';
import { noMailHints } from '../../client/words/no-mail.ts';
import { fillSentence, joinSentences, type Wording } from '../../client/words/wording.ts';
import type { Terminal } from '../common/terminal.ts';

const { words } = ENGLISH;
const ORDER = 'Type "resend" to order a new mail.';

/** Here people type words, where a page has buttons. */
const WORDING: Wording = {
  ...ENGLISH,
  words: {
    ...words,
    order: { ...words.order, now: ORDER },
    noMail: { ...words.noMail, status: 'Type "status" to ask again how the mail stands.', order: ORDER },
  },
};

/** What came of the last call, and how the mail stands. `now` is the service's time in epoch milliseconds. */
export const inWords = (state: AskingForCode, now: number): string => describeStep(state, now, WORDING).text;

/** What helps if no mail has come; undefined while that is not due. */
const helpInWords = (state: AskingForCode): string | undefined => {
  const { noMail } = WORDING.words;
  const { destination } = state.challenge;
  const [first, ...others] = noMailHints(state).map((hint) => fillSentence(noMail[hint], { destination }));
  return first && joinSentences(noMail.title, first, ...others);
};

type Talk = Pick<Terminal, 'ask' | 'interrupt'>;

/** Says what is new while the question waits. Returns the function to call when the step has changed. */
const newsTeller = (step: CodeStep, say: (text: string) => void, help: (state: AskingForCode) => void) => {
  let told = step.state;
  return (): void => {
    const { state } = step;
    if (state.kind !== 'code') return;
    const isNew = told.kind === 'code' && state.news !== told.news;
    told = state;
    if (isNew) say(inWords(state, step.now()));
    if (state.pending === undefined) help(state);
  };
};

/**
 * Returns the function that asks for the code. Meanwhile it tells what is new, and once for each mail what helps if it has not come.
 * The function returns what was typed, or undefined if the step has ended before.
 */
export const createCodeQuestion = ({ ask, interrupt }: Talk, step: CodeStep) => {
  let helpedFor: string | undefined;
  const help = (state: AskingForCode): void => {
    const mail = `${state.challenge.expiresAt} ${state.challenge.deliveryNumber}`;
    const text = mail === helpedFor ? undefined : helpInWords(state);
    if (text === undefined) return;
    helpedFor = mail;
    interrupt(text);
  };
  return async (): Promise<string | undefined> => {
    const tell = newsTeller(step, interrupt, help);
    let leave = () => {};
    const ended = new Promise<undefined>((end) => {
      leave = step.subscribe(() => (step.state.kind === 'code' ? tell() : end(undefined)));
    });
    try {
      return await Promise.race([ask('Code (or "resend" or "status"): '), ended]);
    } finally {
      leave();
    }
  };
};
