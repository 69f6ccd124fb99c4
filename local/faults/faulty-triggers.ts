/** Answers of triggers get lost on their way to Cognito: the function has run, and Cognito neither knows that nor what it said. */
import { isObject, type TriggerInvoke } from '../engines/cognito/sign-in/triggers.ts';
import type { FaultSwitches } from './fault-switches.ts';

const LOST = ['CreateAuthChallenge_Authentication', 'VerifyAuthChallengeResponse_Authentication'];

/** That no answer ever comes is enough; Cognito's own time limit and its own retry do the rest. */
export const disturbTriggers =
  (invoke: TriggerInvoke, faults: FaultSwitches): TriggerInvoke =>
  async (functionArn, event, attempt) => {
    const concerned = isObject(event) && LOST.includes(String(event.triggerSource));
    const isLost = concerned && attempt <= faults.current().lostTriggerAnswers;
    const outcome = await invoke(functionArn, event, attempt);
    return isLost ? new Promise(() => {}) : outcome;
  };
