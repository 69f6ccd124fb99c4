/** The code step as Vue follows it. Each change is kept for when the page is loaded again. */
import type { CodeStep, CodeStepState } from 'cognito-email-otp/client';
import { onScopeDispose, type ShallowRef, shallowRef } from 'vue';
import { keepStep } from './saved-step.ts';

export const useCodeStep = (step: CodeStep): Readonly<ShallowRef<CodeStepState>> => {
  const state = shallowRef(step.state);
  const onStepChange = () => {
    keepStep(step);
    state.value = step.state;
  };
  onStepChange();
  onScopeDispose(step.subscribe(onStepChange));
  return state;
};
