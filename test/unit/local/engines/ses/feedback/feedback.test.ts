import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { EventEntry } from '../../../../../../local/engines/events/event.ts';
import { aMail, aSes } from '../ses-fixture.ts';

const typeOf = ({ detail }: EventEntry) => String(detail.eventType);

test('the outcomes of a mail are reported one after the other, with the times at which they happened', async () => {
  using service = aSes();

  const types = await service.reportOn('delayed@outcome.example.com');

  expect(types).toEqual(['Send', 'DeliveryDelay', 'Delivery']);
  const delivered = service.events[2]?.detail.delivery;
  expect(delivered).toMatchObject({ processingTimeMillis: 350 });
  const [mail] = service.inbox.all();
  const { timestamp } = delivered as { readonly timestamp: string };
  expect(Date.parse(timestamp) - Date.parse(mail?.receivedAt ?? '')).toBeGreaterThanOrEqual(350);
});

test('only the events that the configuration set names are reported', async () => {
  using service = aSes({ configurationSet: { eventTypes: ['Bounce'] } });

  expect(await service.reportOn('late-bounce@outcome.example.com')).toEqual(['Bounce']);
  expect(await service.reportOn('alice@example.com')).toEqual([]);
});

test('a mail without a configuration set is not reported on', () => {
  using service = aSes();

  service.ses.sendEmail(aMail({ ConfigurationSetName: undefined }));

  expect(service.feedback.pending()).toBe(0);
  expect(service.inbox.all()).toHaveLength(1);
});

test('a mail that SES refuses is not reported on', () => {
  using service = aSes();

  expect(() => service.ses.sendEmail(aMail({ FromEmailAddress: 'otp@example.net' }))).toThrow('not verified');

  expect(service.feedback.pending()).toBe(0);
});

test('sending does not wait for the events, and it is known how many are to come', async () => {
  using service = aSes();

  service.ses.sendEmail(aMail());

  expect(service.events).toEqual([]);
  expect(service.feedback.pending()).toBe(2);
  await service.feedback.settled();
  expect(service.feedback.pending()).toBe(0);
  expect(service.events.map(typeOf)).toEqual(['Send', 'Delivery']);
});

test('what happens to events on their way happens to the events of each mail', async () => {
  using service = aSes({
    onTheirWay: (events) => events.filter(({ event }) => event.detail.eventType !== 'Send'),
  });

  expect(await service.reportOn('alice@example.com')).toEqual(['Delivery']);
});

test('events that wait when the system stops are lost, at once', async () => {
  using service = aSes({
    onTheirWay: (events) => events.map((timed) => ({ ...timed, afterMs: 10_000_000 })),
  });
  service.ses.sendEmail(aMail());

  service.close();
  await service.feedback.settled();
  await sleep(20);

  expect(service.events).toEqual([]);
});

test('an event bus that fails does not stop the events after it', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const put = vi.fn<(event: EventEntry) => Promise<void>>(async () => {});
  put.mockRejectedValueOnce(new Error('no bus'));
  using service = aSes({ putEvent: put });

  service.ses.sendEmail(aMail());
  await service.feedback.settled();

  expect(put.mock.calls.map(([event]) => typeOf(event))).toEqual(['Send', 'Delivery']);
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});
