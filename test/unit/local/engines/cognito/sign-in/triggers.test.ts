import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readPool } from '../../../../../../local/engines/cognito/pool.ts';
import {
  createTriggerCaller,
  type TriggerInvoke,
} from '../../../../../../local/engines/cognito/sign-in/triggers.ts';
import { createClock } from '../../../../../../local/ground/clock.ts';
import { AwsError, type Invocation } from '../../../../../../local/ground/service.ts';
import { awsError } from '../fixture.ts';

const pool = readPool({
  poolId: 'eu-central-1_Test',
  properties: { LambdaConfig: { CreateAuthChallenge: 'arn:create' } },
  clients: [{ clientId: 'client', properties: {} }],
});
const never = () => new Promise<Invocation>(() => {});
const returned = async (): Promise<Invocation> => ({
  kind: 'returned',
  payload: { response: { done: true } },
});
const timedOut = async (): Promise<Invocation> => ({
  kind: 'timeout',
  errorMessage: 'Task timed out after 4.00 seconds',
});

/** Calls a trigger whose tries end in these ways, one after the other. */
const callWith = (attempts: readonly TriggerInvoke[], clock = createClock()) => {
  const invoke = vi.fn<TriggerInvoke>();
  for (const attempt of attempts) invoke.mockImplementationOnce(attempt);
  const client = pool.clients.get('client') ?? expect.unreachable();
  const answer = createTriggerCaller(
    invoke,
    clock,
    'eu-central-1',
  )({
    pool,
    client,
    trigger: 'CreateAuthChallenge',
    triggerSource: 'CreateAuthChallenge_Authentication',
    userName: 'user',
    request: {},
    response: {},
  });
  // Without this, a refusal before the assertion would count as unhandled.
  answer.catch(() => {});
  return { invoke, answer };
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a trigger that takes too long', () => {
  test('is called again after five seconds', async () => {
    const { invoke, answer } = callWith([never, returned]);

    await vi.advanceTimersByTimeAsync(4999);
    expect(invoke).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);

    expect(await answer).toEqual({ done: true });
    expect(invoke).toHaveBeenCalledTimes(2);
    const [first, second] = invoke.mock.calls;
    expect(second?.slice(0, 2)).toEqual(first?.slice(0, 2));
    expect([first?.[2], second?.[2]]).toEqual([1, 2]);
  });

  test('is given up after three attempts', async () => {
    const { invoke, answer } = callWith([never, never, never]);

    await vi.advanceTimersByTimeAsync(15_000);

    await expect(answer).rejects.toMatchObject(
      awsError(
        'UnexpectedLambdaException',
        'CreateAuthChallenge invocation failed due to error Socket timeout while invoking Lambda function.',
      ),
    );
    expect(invoke).toHaveBeenCalledTimes(3);
  });

  test("is called again when the function's own limit stopped it", async () => {
    const { invoke, answer } = callWith([timedOut, timedOut, timedOut]);

    await expect(answer).rejects.toMatchObject(
      awsError(
        'UserLambdaValidationException',
        'CreateAuthChallenge failed with error Task timed out after 4.00 seconds.',
      ),
    );
    expect(invoke).toHaveBeenCalledTimes(3);
  });

  test('has its five seconds in real time on a clock that runs fast', async () => {
    const clock = createClock();
    clock.adjust({ rate: 1000 });
    const { invoke } = callWith([never, never], clock);

    await vi.advanceTimersByTimeAsync(4999);

    expect(invoke).toHaveBeenCalledTimes(1);
  });
});

describe('a trigger that fails', () => {
  test('is not called again, and its error text reaches the user', async () => {
    const { invoke, answer } = callWith([
      async () => ({ kind: 'failed', errorType: 'Error', errorMessage: 'Try later' }),
    ]);

    await expect(answer).rejects.toMatchObject(
      awsError('UserLambdaValidationException', 'CreateAuthChallenge failed with error Try later.'),
    );
    expect(invoke).toHaveBeenCalledTimes(1);
  });

  test('is reported as unexpected when it cannot be invoked', async () => {
    const missing = () =>
      Promise.reject(new AwsError('ResourceNotFoundException', 'Function not found', 404));
    const { answer } = callWith([missing]);

    await expect(answer).rejects.toMatchObject(
      awsError(
        'UnexpectedLambdaException',
        'CreateAuthChallenge invocation failed due to error ResourceNotFoundException.',
      ),
    );
  });

  test.each([null, 'text', [], {}, { response: null }])('is refused for returning %j', async (payload) => {
    const { answer } = callWith([async () => ({ kind: 'returned', payload })]);

    await expect(answer).rejects.toMatchObject({ code: 'InvalidLambdaResponseException' });
  });
});
