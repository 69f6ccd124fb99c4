/** Says in words how the code step stands. */
import type { CodeFate } from '../code-fate.ts';
import type { CodeStepState } from '../step-state.ts';
import { describeNews } from './code-words.ts';
import { ENGLISH } from './english.ts';
import { bad, good, type Notice } from './notice.ts';
import { describeProblem } from './problem-words.ts';
import { countSentence, joinSentences, type Wording } from './wording.ts';

const describeFate = (fate: CodeFate, now: number, { language, words }: Wording): string | undefined => {
  const { codeWorks, codeRenewed, codeUnknown } = words.step;
  switch (fate.kind) {
    case 'works': {
      const seconds = Math.floor((fate.until - now) / 1000);
      return seconds < 1 ? codeRenewed : countSentence(language, codeWorks, seconds);
    }
    case 'renewed':
      return codeRenewed;
    case 'unknown':
      return codeUnknown;
    case 'none':
      return undefined;
  }
};

/** Returns the text for the person and its tone. `now` is the service's time in epoch milliseconds (`step.now()`). */
export const describeStep = (state: CodeStepState, now: number, wording: Wording = ENGLISH): Notice => {
  switch (state.kind) {
    case 'code':
      return describeNews(state.news, { challenge: state.challenge, now, wording });
    case 'password':
      return bad(
        joinSentences(describeProblem(state.problem, now, wording), describeFate(state.fate, now, wording)),
      );
    case 'signedIn':
      return good(wording.words.step.signedIn);
  }
};
