/** A code step with calls that a test answers by hand. Needs fake timers whose clock is `MACHINE_NOW`. */
import { expect, vi } from 'vitest';
import type { CodeCalls } from '../../../client/calls.ts';
import { type CodeStep, type CodeStepOptions, createCodeStep } from '../../../client/code-step.ts';
import type { CodeChallenge } from '../../../shared/messages/public-parameters.ts';
import { aCodeChallenge } from '../sign-in/code-challenge.ts';
import { anError } from './a-cognito.ts';
import { handAnsweredCalls } from './hand-answered-calls.ts';
import { asks, parametersOf } from './scripted-calls.ts';

export const NOW = Date.parse('2026-03-02T10:00:00Z');
/** This machine's clock is a day behind the service's, which is what counts. */
export const MACHINE_NOW = NOW - 86_400_000;

export const aChallenge = (changes: Partial<CodeChallenge> = {}): CodeChallenge =>
  aCodeChallenge(NOW, { now: NOW, statusesLeft: 12, ...changes });

type Options = Partial<Pick<CodeStepOptions, 'isWatched'>> & Omit<CodeCalls, 'respond'>;

/** Watches the step; what came of each change is in `states`. */
export const watchStep = (step: CodeStep) => {
  const states: string[] = [];
  const leave = step.subscribe(() =>
    states.push(step.state.kind === 'code' ? step.state.news.kind : step.state.kind),
  );
  return { states, leave };
};

export const aStep = (
  changes: Partial<CodeChallenge> = {},
  { isWatched = () => true, ...options }: Options = {},
) => {
  const script = handAnsweredCalls(options);
  const parameters = parametersOf(aChallenge(changes));
  const step = createCodeStep({ calls: script.calls, username: 'Alice@example.com', parameters, isWatched });
  return {
    ...script,
    ...watchStep(step),
    step,
    /** Answers the last call with this challenge. */
    reply: async (changed: Partial<CodeChallenge>) => {
      script.last().resolve(asks(aChallenge({ status: 'SAME', ...changed })));
      await vi.advanceTimersByTimeAsync(0);
    },
    fail: async (name: string, message?: string) => {
      script.last().reject(anError(name, message));
      await vi.advanceTimersByTimeAsync(0);
    },
    /** The state while the code is asked for. */
    asked: () => (step.state.kind === 'code' ? step.state : expect.unreachable(step.state.kind)),
    /** The state when the sign-in has to begin again. */
    ended: () => (step.state.kind === 'password' ? step.state : expect.unreachable(step.state.kind)),
  };
};
