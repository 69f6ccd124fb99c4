/** Keeps the code step in this tab, so that the sign-in goes on after the page was loaded again. It holds no code and no password. */
import type { CodeStep } from 'cognito-email-otp/client';

const KEY = 'code-step';

export const forgetStep = (): void => sessionStorage.removeItem(KEY);

export const keepStep = (step: CodeStep): void => {
  const saved = step.toJSON();
  if (saved === undefined) forgetStep();
  else sessionStorage.setItem(KEY, JSON.stringify(saved));
};

/** For `resumeCodeStep`; undefined if there is none. */
export const keptStep = (): unknown => {
  const text = sessionStorage.getItem(KEY);
  return text === null ? undefined : JSON.parse(text);
};
