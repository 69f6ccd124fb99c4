/** The code step as React follows it. Each change is kept for when the page is loaded again. */
import type { CodeStep, CodeStepState } from 'cognito-email-otp/client';
import { useCallback, useSyncExternalStore } from 'react';
import { keepStep } from './saved-step.ts';

export const useCodeStep = (step: CodeStep): CodeStepState => {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const onStepChange = () => {
        keepStep(step);
        onChange();
      };
      onStepChange();
      return step.subscribe(onStepChange);
    },
    [step],
  );
  return useSyncExternalStore(subscribe, () => step.state);
};
