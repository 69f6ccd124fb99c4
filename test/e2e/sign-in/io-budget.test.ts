import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { hadMails, hadWrongCodes } from '../../support/sign-in/earlier-sign-ins.ts';
import { moveTo } from '../../support/sign-in/move-to.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
let user: TestUser;

/** The operations that one function called, without the services' prefixes. */
const callsOf = (functionName: string): readonly string[] =>
  system.calls
    .filter(({ caller }) => caller.includes(functionName))
    .map(({ operation }) => operation.split('.').at(-1) ?? operation);

/** The calls that each trigger makes during `action`. */
const during = async <T>(action: () => Promise<T>) => {
  const functions = ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallenge', 'GuardTokens'];
  const before = functions.map((name) => callsOf(name).length);
  const result = await action();
  const [define, create, verify, userRecord] = functions.map((name, at) => callsOf(name).slice(before[at]));
  return { result, define, create, verify, userRecord };
};

beforeAll(async () => {
  system = await startTestSystem();
  // A first sign-in warms the functions, so that the key is cached.
  const warm = await createUser(system);
  const step = await provePassword(system.client, warm);
  await answerCode(system.client, warm, step, await waitForCode(system, warm));
});
afterAll(() => stopTestSystem(system));
beforeEach(async () => {
  user = await createUser(system);
});

const started = async (): Promise<{ readonly step: Step; readonly code: string }> => {
  const step = await provePassword(system.client, user);
  const code = await waitForCode(system, user);
  await system.idle();
  return { step, code };
};

const refused = (call: Promise<Step>) =>
  expect(call).rejects.toMatchObject({ name: 'UserLambdaValidationException' });

describe('calls on the sign-in path, counted at the endpoint', () => {
  it('define makes none; create makes four for a new challenge', async () => {
    const { define, create } = await during(() => provePassword(system.client, user));

    expect(define).toEqual([]);
    expect(create).toEqual(['GetItem', 'UpdateItem', 'UpdateItem', 'StartExecution']);
  });

  it('create makes three for a second tab within the cooldown', async () => {
    await started();

    const { create } = await during(() => provePassword(system.client, user));

    expect(create).toEqual(['GetItem', 'UpdateItem', 'StartExecution']);
  });

  it('after a wrong answer verify makes two and create one', async () => {
    const { step, code } = await started();

    const { create, verify } = await during(() => answerCode(system.client, user, step, wrongCode(code)));

    expect(verify).toEqual(['UpdateItem', 'UpdateItem']);
    expect(create).toEqual(['BatchGetItem']);
  });

  it('after a change of the address create makes five, in the same sign-in and in the next one', async () => {
    const { step, code } = await started();
    const moved = await moveTo(system, user, `moved-${user.email}`);

    const { create } = await during(() => answerCode(system.client, moved, step, code));

    expect(create).toEqual(['BatchGetItem', 'UpdateItem', 'UpdateItem', 'UpdateItem', 'StartExecution']);
    await system.idle();

    const again = await moveTo(system, moved, `again-${user.email}`);
    const next = await during(() => provePassword(system.client, again));

    expect(next.create).toEqual(['GetItem', 'UpdateItem', 'UpdateItem', 'UpdateItem', 'StartExecution']);
  });

  it('for a status verify makes none and create one', async () => {
    const { step } = await started();

    const { create, verify, define } = await during(() =>
      answerCode(system.client, user, step, 'status', 'status'),
    );

    expect([define, verify, create]).toEqual([[], [], ['BatchGetItem']]);
  });

  it('verify makes two for each wrong answer, the last one included', async () => {
    const first = await started();
    let { step } = first;
    const verifies: (readonly string[] | undefined)[] = [];

    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const { result, verify } = await during(() =>
        answerCode(system.client, user, step, wrongCode(first.code)),
      );
      step = result;
      verifies.push(verify);
    }

    expect(verifies).toEqual(Array(5).fill(['UpdateItem', 'UpdateItem']));
  });

  it('verify makes two for the right answer, and guard-tokens two', async () => {
    const { step, code } = await started();

    const { create, verify, define, userRecord } = await during(() =>
      answerCode(system.client, user, step, code),
    );

    expect(verify).toEqual(['UpdateItem', 'UpdateItem']);
    expect(userRecord).toEqual(['Query', 'UpdateItem']);
    expect([create, define]).toEqual([[], []]);
  });

  it('for a resend verify makes none and create four', async () => {
    const { step } = await started();
    system.clock.adjust({ offsetMs: 31_000 });

    const { create, verify } = await during(() => answerCode(system.client, user, step, 'resend', 'resend'));

    expect(verify).toEqual([]);
    expect(create).toEqual(['GetItem', 'UpdateItem', 'UpdateItem', 'StartExecution']);
  });

  it('a wrong answer after a resend still costs verify two', async () => {
    const { step, code } = await started();
    const wrong = await answerCode(system.client, user, step, wrongCode(code));
    system.clock.adjust({ offsetMs: 31_000 });
    const resent = await answerCode(system.client, user, wrong, 'resend', 'resend');

    const { verify } = await during(() => answerCode(system.client, user, resent, wrongCode(code)));

    expect(verify).toEqual(['UpdateItem', 'UpdateItem']);
  });

  it('create makes three for a resend that would be one mail too many', async () => {
    const { step } = await started();
    await hadMails(system, user, 5);
    system.clock.adjust({ offsetMs: 31_000 });

    const { create } = await during(() => answerCode(system.client, user, step, 'resend', 'resend'));

    expect(create).toEqual(['GetItem', 'UpdateItem', 'StartExecution']);
  });

  it('verify makes three for the answer that locks the user, and create one to say so', async () => {
    const { step, code } = await started();
    await hadWrongCodes(system, user, 19);

    const { create, verify } = await during(() =>
      refused(answerCode(system.client, user, step, wrongCode(code))),
    );

    expect(verify).toEqual(['UpdateItem', 'UpdateItem', 'UpdateItem']);
    expect(create).toEqual(['BatchGetItem']);
  });

  it('while the user is locked create makes one for a sign-in, and verify four for a right answer', async () => {
    const { step, code } = await started();
    await hadWrongCodes(system, user, 20);

    const signIn = await during(() => refused(provePassword(system.client, user)));
    const right = await during(() => refused(answerCode(system.client, user, step, code)));

    expect(signIn.create).toEqual(['GetItem']);
    expect(right.verify).toEqual(['UpdateItem', 'UpdateItem', 'GetItem', 'UpdateItem']);
    expect(right.userRecord).toEqual([]);
  });
});
