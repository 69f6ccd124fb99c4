import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { delaySes } from '../../../../local/faults/ses-delay.ts';
import { createClock } from '../../../../local/ground/clock.ts';
import { createWait } from '../../../../local/ground/wait.ts';
import { anSes, send } from './ses-fixture.ts';

const slowSes = (sesDelaySeconds: number, rate = 1) => {
  const { ses, accepted } = anSes();
  const clock = createClock();
  clock.adjust({ rate });
  const closing = new AbortController();
  const wait = createWait(clock, closing.signal);
  const slow = delaySes(ses, createFaultSwitches({ sesDelaySeconds }), wait);
  return { slow, accepted, closing };
};

test('slow SES accepts the mail after the delay on the local clock, and not before', async () => {
  const { slow, accepted } = slowSes(10, 40);
  const started = performance.now();

  const answer = send(slow);
  expect(accepted).toEqual([]);

  expect(await answer).toEqual({ MessageId: 'message-1' });
  expect(performance.now() - started).toBeGreaterThan(240);
});

test('SES without a delay accepts at once', async () => {
  const { slow, accepted } = slowSes(0);

  const answer = send(slow);

  expect(accepted).toHaveLength(1);
  expect(await answer).toEqual({ MessageId: 'message-1' });
});

test('a mail that waits when the system stops is refused and never accepted', async () => {
  const { slow, accepted, closing } = slowSes(60);
  const answer = send(slow);

  closing.abort();

  expect(await answer).toMatchObject({ status: 503 });
  expect(accepted).toEqual([]);
});
