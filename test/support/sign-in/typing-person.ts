/** Somebody who signs in by `signIn` with the right code at the first try. */
import type { Person } from '../../../commands/sign-in/sign-in-flow.ts';

/** `code` returns the code to type, for instance that of the newest mail. */
export const typingPerson = (code: () => Promise<string>): Person => ({
  code: async (step) => {
    await step.answer(await code());
    const { state } = step;
    if (state.kind === 'code') throw new Error(`The code was not taken: ${state.news.kind}`);
    return state;
  },
  newPassword: () => Promise.reject(new Error('not expected')),
  isTyping: () => false,
});
