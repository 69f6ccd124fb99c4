/**
 * Keeps the step of a sign-in in this tab, so that the sign-in can continue after the page was loaded again. Amplify keeps
 * Cognito's session in the same way. Neither of the two holds a code or a password.
 */
import { AMPLIFY_KEPT_MS } from '../../client/amplify.ts';
import type { CodeStep } from '../../client/code-step.ts';

const KEY = 'sign-in-step';

/** `saved` is for `resumeCodeStep`. `tooLate`: there was a step, but it can no longer be continued. */
export type Recalled =
  | { readonly kind: 'none' | 'tooLate' | 'newPassword' }
  | { readonly kind: 'code'; readonly saved: unknown };

interface Entry {
  readonly step: 'newPassword' | object;
  readonly savedAt: number;
}

export const recallEntry = (text: string | null, now: number): Recalled => {
  if (text === null) return { kind: 'none' };
  try {
    const { step, savedAt } = JSON.parse(text) as Entry;
    if (step !== 'newPassword') return { kind: 'code', saved: step };
    return { kind: now - savedAt < AMPLIFY_KEPT_MS ? 'newPassword' : 'tooLate' };
  } catch {
    return { kind: 'tooLate' };
  }
};

export const writeEntry = (step: 'newPassword' | CodeStep, now: number): string =>
  JSON.stringify({ step, savedAt: now } satisfies Entry);

export interface StepKeeper {
  remember(step: 'newPassword' | CodeStep): void;
  forget(): void;
  recall(): Recalled;
}

/** Without a storage, a sign-in ends when the page is loaded again. */
export const createStepKeeper = (
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined,
): StepKeeper => ({
  remember: (step) => storage?.setItem(KEY, writeEntry(step, Date.now())),
  forget: () => storage?.removeItem(KEY),
  recall: () => recallEntry(storage?.getItem(KEY) ?? null, Date.now()),
});
