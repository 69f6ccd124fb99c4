/**
 * Keeps the step of a sign-in in this tab, so that the sign-in can continue after the page was loaded again. Amplify keeps
 * Cognito's session in the same way, for three minutes after the last answer. Neither of the two holds a code or a password.
 */
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';

export type RememberedStep =
  | { readonly kind: 'newPassword' }
  | { readonly kind: 'code'; readonly challenge: CodeChallenge };

interface Entry {
  readonly step: RememberedStep;
  readonly savedAt: number;
}

const KEY = 'sign-in-step';
/** Milliseconds. This is a little less than Amplify's time, so a step that is kept here always has its session. */
const KEPT_MS = 175_000;

/** `tooLate` means that there was a step, but it can no longer be continued. */
export type Recalled =
  | { readonly kind: 'none' | 'tooLate' }
  | { readonly kind: 'step'; readonly step: RememberedStep };

export const recallEntry = (text: string | null, now: number): Recalled => {
  if (text === null) return { kind: 'none' };
  try {
    const { step, savedAt } = JSON.parse(text) as Entry;
    return now - savedAt < KEPT_MS ? { kind: 'step', step } : { kind: 'tooLate' };
  } catch {
    return { kind: 'tooLate' };
  }
};

export const writeEntry = (step: RememberedStep, now: number): string =>
  JSON.stringify({ step, savedAt: now } satisfies Entry);

export interface StepStore {
  remember(step: RememberedStep): void;
  forget(): void;
  recall(): Recalled;
}

export const createStepStore = (storage: {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}): StepStore => ({
  remember: (step) => storage.setItem(KEY, writeEntry(step, Date.now())),
  forget: () => storage.removeItem(KEY),
  recall: () => recallEntry(storage.getItem(KEY), Date.now()),
});
