import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { pauseSes } from '../../../../local/faults/ses-paused.ts';
import { classify } from '../../../../services/deliver-code/send-mail.ts';
import { anSes, send } from './ses-fixture.ts';

test('while sending is paused every mail is refused, by a name that the sender takes for final', async () => {
  const { ses, accepted } = anSes();
  const faulty = pauseSes(ses, createFaultSwitches({ sesPaused: true }));

  const refusal = (await send(faulty)) as { code: string; message: string };

  expect(refusal).toMatchObject({ code: 'SendingPausedException', status: 400 });
  expect(classify(Object.assign(new Error(refusal.message), { name: refusal.code }))).toBe('EmailRejected');
  expect(accepted).toEqual([]);
});

test('without the fault mails pass', async () => {
  const { ses } = anSes();

  expect(await send(pauseSes(ses, createFaultSwitches()))).toEqual({ MessageId: 'message-1' });
});
