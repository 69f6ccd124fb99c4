import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { exhaustSesQuota } from '../../../../local/faults/ses-quota.ts';
import { classify } from '../../../../services/deliver-code/send-mail.ts';
import { anSes, send } from './ses-fixture.ts';

test('a quota that is used up refuses every mail, in words that the sender tells from the rate limit', async () => {
  const { ses, accepted } = anSes();
  const faulty = exhaustSesQuota(ses, createFaultSwitches({ sesQuotaReached: true }));

  const refusal = (await send(faulty)) as { code: string; message: string };

  expect(refusal).toMatchObject({ code: 'TooManyRequestsException', status: 429 });
  expect(classify(Object.assign(new Error(refusal.message), { name: refusal.code }))).toBe(
    'EmailQuotaReached',
  );
  expect(accepted).toEqual([]);
});

test('without the fault mails pass', async () => {
  const { ses } = anSes();

  expect(await send(exhaustSesQuota(ses, createFaultSwitches()))).toEqual({ MessageId: 'message-1' });
});
