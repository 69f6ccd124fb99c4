import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../../support/table/challenges.ts';
import { eventually } from '../lambda/a-lambda.ts';
import { aBus, aRule, FUNCTION_ARN, OTHER_ARN, toFunction } from './a-bus.ts';

const EACH_MINUTE = aRule({ ScheduleExpression: 'rate(1 minute)', Targets: [toFunction()] }, 'EachMinute');

/** More time than a schedule needs to notice that the clock was moved. */
const A_LITTLE_MS = 500;

// The tests run side by side, because each of them mostly waits.
describe.concurrent('on the local clock', () => {
  test('a schedule has its first run when its time has passed, with a scheduled event', async () => {
    await using bus = aBus([EACH_MINUTE]);
    bus.startSchedules();
    bus.clock.adjust({ offsetMs: MINUTE - 5_000 });
    await sleep(A_LITTLE_MS);
    const early = bus.invoked.length;

    bus.clock.adjust({ offsetMs: 5_000 });

    expect(await eventually(() => bus.invoked.length > 0)).toBe(true);
    expect(early).toBe(0);
    expect(bus.invoked).toEqual([
      {
        arn: FUNCTION_ARN,
        event: expect.objectContaining({
          source: 'aws.events',
          'detail-type': 'Scheduled Event',
          resources: ['arn:aws:events:eu-west-1:111122223333:rule/EachMinute'],
          detail: {},
        }),
      },
    ]);
  });

  test('a clock that is set forward by an hour makes for one run, and the next comes a minute later', async () => {
    await using bus = aBus([EACH_MINUTE]);
    bus.startSchedules();

    bus.clock.adjust({ offsetMs: 60 * MINUTE });
    await sleep(A_LITTLE_MS);
    const runs = bus.invoked.length;
    bus.clock.adjust({ offsetMs: MINUTE });

    expect(await eventually(() => bus.invoked.length > 1)).toBe(true);
    expect(runs).toBe(1);
  });

  test('a fast clock leaves real time between two runs', async () => {
    await using bus = aBus([EACH_MINUTE]);
    bus.clock.adjust({ rate: 3_600 });
    bus.startSchedules();

    const started = performance.now();
    await eventually(() => bus.invoked.length >= 3);

    expect(bus.invoked.length).toBe(3);
    expect(performance.now() - started).toBeGreaterThan(590);
  });

  test('a run does not begin while the last one is under way', async () => {
    const first = Promise.withResolvers<void>();
    await using bus = aBus([EACH_MINUTE], { invokeAsync: () => first.promise });
    bus.clock.adjust({ rate: 3_600 });
    bus.startSchedules();

    await sleep(800);
    const during = bus.invoked.length;
    first.resolve();

    expect(await eventually(() => bus.invoked.length > 1)).toBe(true);
    expect(during).toBe(1);
  });

  test('each schedule runs for itself, and one that is disabled not at all', async () => {
    const schedule = (expression: string, target: object, arn: string, State = 'ENABLED') =>
      aRule({ ScheduleExpression: expression, State, Targets: [toFunction({ ...target }, arn)] });
    await using bus = aBus([
      schedule('rate(1 minute)', { Input: '{"job":"sweep"}' }, OTHER_ARN),
      schedule('rate(1 hour)', {}, FUNCTION_ARN),
      schedule('rate(1 minute)', { Input: '"off"' }, FUNCTION_ARN, 'DISABLED'),
    ]);
    bus.startSchedules();

    bus.clock.adjust({ offsetMs: 5 * MINUTE });
    await sleep(A_LITTLE_MS);

    expect(bus.invoked).toEqual([{ arn: OTHER_ARN, event: { job: 'sweep' } }]);
  });

  test('closing ends the schedules, and waits for the run under way', async () => {
    const underWay = Promise.withResolvers<void>();
    const bus = aBus([EACH_MINUTE], { invokeAsync: () => underWay.promise });
    bus.startSchedules();
    bus.clock.adjust({ offsetMs: MINUTE });
    await eventually(() => bus.invoked.length > 0);
    let closed = false;

    const closing = bus.close().then(() => {
      closed = true;
    });
    await sleep(20);
    const closedEarly = closed;
    underWay.resolve();
    await closing;
    bus.clock.adjust({ offsetMs: 60 * MINUTE });
    await sleep(A_LITTLE_MS);

    expect(closedEarly).toBe(false);
    expect(bus.invoked).toHaveLength(1);
  });

  test('closing is at once where no run is under way', async () => {
    const bus = aBus([EACH_MINUTE]);
    bus.startSchedules();
    const started = performance.now();

    await bus.close();

    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
