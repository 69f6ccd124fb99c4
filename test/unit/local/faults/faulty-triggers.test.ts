import { describe, expect, test, vi } from 'vitest';
import type { TriggerInvoke } from '../../../../local/engines/cognito/sign-in/triggers.ts';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { disturbTriggers } from '../../../../local/faults/faulty-triggers.ts';

const ANSWER = { kind: 'returned', payload: 'done' } as const;

const losing = (lostTriggerAnswers: number) => {
  const invoke = vi.fn<TriggerInvoke>(async () => ANSWER);
  return { invoke, faulty: disturbTriggers(invoke, createFaultSwitches({ lostTriggerAnswers })) };
};

/** The outcome of this try for Cognito. */
const hears = async (invoke: TriggerInvoke, source: string, attempt: number) => {
  const nothing = new Promise((resolve) => setTimeout(resolve, 20, 'nothing'));
  const outcome = await Promise.race([invoke('arn', { triggerSource: source }, attempt), nothing]);
  return outcome === 'nothing' ? 'nothing' : 'answer';
};

describe.each(['CreateAuthChallenge_Authentication', 'VerifyAuthChallengeResponse_Authentication'])(
  'of %s',
  (source) => {
    test.each([
      [0, ['answer', 'answer', 'answer']],
      [1, ['nothing', 'answer', 'answer']],
      [2, ['nothing', 'nothing', 'answer']],
    ])('%i responses are lost, and the function runs all the same', async (count, expected) => {
      const { invoke, faulty } = losing(count);

      const heard = await Promise.all([1, 2, 3].map((attempt) => hears(faulty, source, attempt)));

      expect(heard).toEqual(expected);
      expect(invoke).toHaveBeenCalledTimes(3);
    });
  },
);

test.each(['DefineAuthChallenge_Authentication', 'TokenGeneration_Authentication'])(
  'no answer of %s is lost',
  async (source) => {
    expect(await hears(losing(2).faulty, source, 1)).toBe('answer');
  },
);

test('a function that cannot be reached is reported as ever', async () => {
  const { invoke, faulty } = losing(2);
  invoke.mockRejectedValueOnce(new Error('unreachable'));

  const call = faulty('arn', { triggerSource: 'CreateAuthChallenge_Authentication' }, 1);

  await expect(call).rejects.toThrow('unreachable');
});
