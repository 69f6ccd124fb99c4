import { expect, test } from 'vitest';
import { aSystem, calling, failed, returned } from './step-functions-system.ts';

const HOUR = 3_600_000;

const STATE = {
  'name.$': '$$.State.Name',
  'entered.$': '$$.State.EnteredTime',
  'retries.$': '$$.State.RetryCount',
};

interface Seen {
  readonly name: string;
  readonly entered: string;
  readonly retries: number;
}

test('gives the execution and its machine', async () => {
  const system = aSystem(
    calling({
      Parameters: {
        'id.$': '$$.Execution.Id',
        'name.$': '$$.Execution.Name',
        'input.$': '$$.Execution.Input.n',
        'started.$': '$$.Execution.StartTime',
        'text.$': "States.Format('at {}', $$.Execution.StartTime)",
        'role.$': '$$.Execution.RoleArn',
        'machine.$': '$$.StateMachine.Id',
        'machineName.$': '$$.StateMachine.Name',
      },
    }),
    { answer: returned },
  );
  system.clock.adjust({ offsetMs: HOUR });

  const { executionArn, name, startedAt, output } = await system.run({ n: 5 });

  const started = new Date(startedAt).toISOString();
  expect(startedAt - Date.now()).toBeGreaterThan(HOUR - 5_000);
  expect(output).toEqual({
    id: executionArn,
    name,
    input: 5,
    started,
    text: `at ${started}`,
    role: 'arn:aws:iam::111122223333:role/deliver',
    machine: 'arn:aws:states:eu-west-1:111122223333:stateMachine:deliver',
    machineName: 'deliver',
  });
});

test('gives each state its name and the shown time at which it was entered, and counts retries', async () => {
  const system = aSystem(
    calling(
      {
        Parameters: STATE,
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 20, BackoffRate: 1 }],
        ResultPath: null,
        Next: 'Again',
      },
      {
        Again: {
          Type: 'Task',
          Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:send',
          Parameters: STATE,
          End: true,
        },
      },
    ),
    { answer: (_, call) => (call <= 2 ? failed('Busy') : returned({})) },
  );
  system.clock.adjust({ rate: 1_000, offsetMs: HOUR });

  await system.run();

  const seen = system.events as readonly Seen[];
  expect(seen.map(({ name, retries }) => [name, retries])).toEqual([
    ['Send', 0],
    ['Send', 1],
    ['Send', 2],
    ['Again', 0],
  ]);
  const [first = 0, second = 0, third = 0, last = 0] = seen.map(({ entered }) => Date.parse(entered));
  expect(first - Date.now()).toBeGreaterThan(HOUR - 5_000);
  expect([second, third]).toEqual([first, first]);
  expect(last - first).toBeGreaterThanOrEqual(38_000);
});

test('keeps concurrent executions apart', async () => {
  const system = aSystem(
    calling({
      Parameters: { ...STATE, 'id.$': '$$.Execution.Id', 'n.$': '$.n' },
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 20 }],
    }),
    {
      answer: (event) => {
        const { n, retries } = event as { n: number; retries: number };
        return retries < n ? failed('Busy') : returned(event);
      },
    },
  );
  system.clock.adjust({ rate: 1_000 });

  const arns = await Promise.all([0, 1, 2, 3].map((n) => system.start({ n })));
  await system.idle();

  expect(system.executions().map(({ output }) => output)).toMatchObject(
    arns.map((id, n) => ({ id, n, retries: n, name: 'Send' })),
  );
});
