import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { takeSesDown } from '../../../../local/faults/ses-down.ts';
import { anSes, send } from './ses-fixture.ts';

test('SES that is down answers 503 and accepts nothing, until it is back', async () => {
  const { ses, accepted } = anSes();
  const switches = createFaultSwitches({ sesDown: true });
  const faulty = takeSesDown(ses, switches);

  expect(await send(faulty)).toMatchObject({ code: 'ServiceUnavailable', status: 503 });
  expect(accepted).toEqual([]);
  switches.set({ sesDown: false });
  expect(await send(faulty)).toEqual({ MessageId: 'message-1' });
});
