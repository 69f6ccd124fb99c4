/** Loses the responses of triggers on their way to Cognito: the function has run, but Cognito does not know its result. */

import type { TriggerInvoke } from '../engines/cognito/sign-in/triggers.ts';
import { isObject } from '../ground/service.ts';
import type { FaultSwitches } from './fault-switches.ts';

const LOST = ['CreateAuthChallenge_Authentication', 'VerifyAuthChallengeResponse_Authentication'];

/** Returns no response; Cognito's own time limit and retry do the rest. */
export const disturbTriggers =
  (invoke: TriggerInvoke, faults: FaultSwitches): TriggerInvoke =>
  async (functionArn, event, attempt) => {
    const concerned = isObject(event) && LOST.includes(String(event.triggerSource));
    const isLost = concerned && attempt <= faults.current().lostTriggerAnswers;
    const outcome = await invoke(functionArn, event, attempt);
    return isLost ? new Promise(() => {}) : outcome;
  };
