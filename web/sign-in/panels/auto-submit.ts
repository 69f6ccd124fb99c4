/** Sends the code as soon as it is complete. */
import type { CodeStep } from '../../../client/code-step.ts';

/**
 * Calls `submit` when the field holds a complete code that this step has not sent by itself before: a code that was wrong, or got no
 * answer, is sent again only by the button, however it comes into the field. While another call than a question for the mail is
 * under way, nothing is sent.
 */
export const createAutoSubmit = (
  field: HTMLInputElement,
  stepOf: () => CodeStep | undefined,
  submit: () => void,
): void => {
  const sent = new WeakMap<CodeStep, Set<string>>();

  const take = (isInserted: boolean) => {
    const step = stepOf();
    const code = step?.typed(field.value);
    if (step === undefined || code === undefined) return;
    // A code that was pasted with spaces, dashes or the digits of another script is shown in plain digits.
    if (isInserted) field.value = code;
    const { state } = step;
    const before = sent.get(step) ?? new Set();
    if (state.kind !== 'code' || !state.may.answer || before.has(code)) return;
    sent.set(step, before.add(code));
    submit();
  };
  field.addEventListener('input', (event) => {
    const { inputType, isComposing } = event as InputEvent;
    // What an input method is still composing may change.
    if (!isComposing) take(inputType !== 'insertText');
  });
  field.addEventListener('compositionend', () => take(true));
};
