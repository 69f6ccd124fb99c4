import { expect, test } from 'vitest';
import type { Definition } from '../../../../../local/engines/step-functions/definition/check-definition.ts';
import { aStateFolder, aSystem, calling, MACHINE_ARN, returned } from './step-functions-system.ts';

const request = (changes: object) => ({ stateMachineArn: MACHINE_ARN, input: '{}', ...changes });

test('responds to a start at once with the ARN of an Express execution and the time', async () => {
  let finish = () => {};
  const system = aSystem(calling({}), {
    answer: () => new Promise((resolve) => (finish = () => resolve(returned(1)))),
  });

  const answer = await system.operations.StartExecution?.(request({ name: 'one' }));

  expect(answer).toEqual({
    executionArn: expect.stringMatching(
      /^arn:aws:states:eu-west-1:111122223333:express:deliver:one:[0-9a-f-]{36}$/,
    ),
    startDate: expect.closeTo(Date.now() / 1_000, 0),
  });
  expect(system.executions()).toMatchObject([{ status: 'RUNNING', name: 'one', input: {} }]);
  expect(system.events).toEqual([]);
  while (system.events.length === 0) await new Promise(setImmediate);
  finish();
  await system.idle();
  expect(system.executions()).toMatchObject([{ status: 'SUCCEEDED', output: 1 }]);
});

test.each([
  ['a machine that is not there', { stateMachineArn: `${MACHINE_ARN}s` }, 'StateMachineDoesNotExist'],
  ['an ARN that is none', { stateMachineArn: 'deliver' }, 'InvalidArn'],
  ['an input that is no JSON', { input: '{"email": "ada@example.com"' }, 'InvalidExecutionInput'],
  ['an input over 256 KiB', { input: JSON.stringify('x'.repeat(262_143)) }, 'ValidationException'],
  ['a name of more than 80 characters', { name: 'x'.repeat(81) }, 'InvalidName'],
  ['an empty name', { name: '' }, 'InvalidName'],
  ['a name with a colon', { name: 'a:b' }, 'InvalidName'],
  ['a name with a space', { name: 'a b' }, 'InvalidName'],
])('refuses %s', async (_, changes, code) => {
  const system = aSystem(calling({}));

  const start = async () => system.operations.StartExecution?.(request(changes));

  await expect(start()).rejects.toMatchObject({ code, message: expect.not.stringContaining('ada@') });
  expect(system.executions()).toEqual([]);
});

test('runs a name that is started again as a second execution', async () => {
  const system = aSystem(calling({}), {
    answer: async (event) => {
      while (system.events.length < 2) await new Promise(setImmediate);
      return returned(event);
    },
  });

  const first = await system.start({ n: 1 }, 'same');
  const second = await system.start({ n: 1 }, 'same');
  await system.idle();

  expect(first).not.toBe(second);
  expect(system.executions().map(({ status, executionArn }) => [status, executionArn])).toEqual([
    ['SUCCEEDED', first],
    ['SUCCEEDED', second],
  ]);
});

test('describes a machine with the definition it was given', async () => {
  const definition = calling({ Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2 }] });
  const system = aSystem(definition);

  const described = await system.operations.DescribeStateMachine?.({ stateMachineArn: MACHINE_ARN });

  expect(described).toMatchObject({ name: 'deliver', status: 'ACTIVE', type: 'EXPRESS' });
  expect(JSON.parse(String(described?.definition))).toEqual(definition);
});

test('records what went in and out of each state, and when', async () => {
  const system = aSystem(calling({ ResultPath: '$.sent', Next: 'Done' }, { Done: { Type: 'Succeed' } }), {
    answer: () => returned({ id: 7 }),
  });
  system.clock.adjust({ offsetMs: 86_400_000 });

  const execution = await system.run({ to: 'ada' });

  const sent = { to: 'ada', sent: { id: 7 } };
  expect(execution).toMatchObject({ status: 'SUCCEEDED', input: { to: 'ada' }, output: sent });
  expect(execution.history).toMatchObject([
    { type: 'ExecutionStarted', input: { to: 'ada' } },
    { type: 'StateEntered', state: 'Send', input: { to: 'ada' } },
    { type: 'StateExited', state: 'Send', output: sent },
    { type: 'StateEntered', state: 'Done', input: sent },
    { type: 'StateExited', state: 'Done', output: sent },
    { type: 'ExecutionSucceeded', output: sent },
  ]);
  for (const { at } of execution.history) expect(at - Date.now()).toBeGreaterThan(86_000_000);
});

test('runs again, after a kill, every execution that had not finished, with its id and input', async () => {
  const folder = aStateFolder();
  const killed = aSystem(calling({}), {
    folder,
    answer: (event) => ((event as { hang?: boolean }).hang ? new Promise(() => {}) : returned('first')),
  });
  await killed.run({ hang: false });
  const arn = await killed.start({ hang: true }, 'cut-off');
  while (killed.events.length < 2) await new Promise(setImmediate);

  const restarted = aSystem(calling({}), { folder, answer: () => returned('second') });
  restarted.resume();
  await restarted.idle();

  expect(restarted.events).toEqual([{ hang: true }]);
  expect(restarted.executions()).toMatchObject([
    { status: 'SUCCEEDED', output: 'first', runs: 1 },
    { executionArn: arn, status: 'SUCCEEDED', output: 'second', runs: 2 },
  ]);
  const started = restarted.executions()[1]?.history.filter(({ type }) => type === 'ExecutionStarted');
  expect(started).toHaveLength(2);
});

test('leaves what is in flight in the journal when it is closed', async () => {
  const folder = aStateFolder();
  const system = aSystem(calling({}), { folder, answer: () => new Promise(() => {}) });
  await system.start();
  while (system.events.length === 0) await new Promise(setImmediate);

  await system.close();

  expect(aSystem(calling({}), { folder }).executions()).toMatchObject([{ status: 'RUNNING' }]);
});

test('gives up an execution whose machine is gone', async () => {
  const folder = aStateFolder();
  const system = aSystem(calling({}), { folder, answer: () => new Promise(() => {}) });
  await system.start();

  const restarted = aSystem(calling({}), { folder, machines: [] });
  restarted.resume();
  await restarted.idle();

  expect(restarted.executions()).toMatchObject([{ status: 'ABORTED' }]);
});

test('keeps the last few hundred finished executions', async () => {
  const system = aSystem(calling({}));

  for (let n = 0; n < 310; n += 1) await system.start({ n });
  await system.idle();

  expect(system.executions()).toHaveLength(300);
  expect(system.executions().at(-1)).toMatchObject({ input: { n: 309 } });
});

test.each([
  ['a Standard workflow', calling({}), 'STANDARD', /only Express/],
  [
    'an unknown resource',
    calling({ Resource: 'arn:aws:states:::sqs:sendMessage' }),
    'EXPRESS',
    /state Send: arn:aws:states:::sqs:sendMessage does not run here/,
  ],
  [
    'an SDK call of an unknown service',
    calling({ Resource: 'arn:aws:states:::aws-sdk:quantum:leap' }),
    'EXPRESS',
    /quantum/,
  ],
  [
    'a callback task',
    calling({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }),
    'EXPRESS',
    /waitForTaskToken/,
  ],
  ['JSONata', { ...calling({}), QueryLanguage: 'JSONata' }, 'EXPRESS', /JSONata/],
  ['a field it would ignore', calling({ HeartbeatSeconds: 5 }), 'EXPRESS', /state Send: HeartbeatSeconds/],
  [
    'a jitter strategy that is none',
    calling({ Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }] }),
    'EXPRESS',
    /JitterStrategy HALF/,
  ],
  [
    'parallel branches',
    { StartAt: 'Both', States: { Both: { Type: 'Parallel', Branches: [], End: true } } },
    'EXPRESS',
    /Parallel/,
  ],
  ['a transition to nowhere', calling({ Next: 'Nowhere' }), 'EXPRESS', /Nowhere/],
] as const)('refuses to be created with %s', (_, definition, type, problem) => {
  const machine = { arn: MACHINE_ARN, name: 'deliver', definition: definition as Definition, type };

  const create = () => aSystem({}, { machines: [machine] });

  expect(create).toThrow(problem);
});

test('survives a task that fails after its execution has timed out', async () => {
  const system = aSystem(
    { ...calling({}), TimeoutSeconds: 1 },
    {
      invoke: async () => {
        await new Promise((resolve) => setTimeout(resolve, 1_200));
        throw new Error('late');
      },
    },
  );

  const execution = await system.run();
  await new Promise((resolve) => setTimeout(resolve, 400));

  expect(execution.status).toBe('TIMED_OUT');
});
