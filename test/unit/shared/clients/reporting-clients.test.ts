import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReportingDates, writeReportingClients } from '../../../../shared/clients/reporting-clients.ts';

const anId = fc.oneof(fc.stringMatching(/^[\w+]{1,26}$/), fc.constantFrom('__proto__', 'constructor'));
const clients = fc.uniqueArray(
  fc.tuple(anId, fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') })),
  {
    selector: ([id]) => id,
  },
);

test('what is written for the guard is what it reads', () => {
  fc.assert(
    fc.property(clients, (all) => {
      const given = Object.fromEntries(
        all.map(([id, date]) => [id, { until: date.toISOString(), reason: 'x' }]),
      );

      const dates = readReportingDates(writeReportingClients(given));

      expect(dates).toEqual(new Map(all.map(([id, date]) => [id, date.getTime()])));
    }),
  );
});

test('nothing but the dates is written, for lack of room', () => {
  const until = '2027-03-31T00:00:00.000Z';
  const given = { client1: { until, reason: 'the app of the drivers' } };

  expect(writeReportingClients(given)).toBe(`{"client1":"${until}"}`);
});

test.each([
  '',
  'client1',
  'null',
  '[]',
  '"2027-03-31T00:00:00.000Z"',
  '3',
  '{"client1":"2027-03-31"}',
  '{"client1":{"until":"2027-03-31T00:00:00.000Z"}}',
  '{"client1":"2027-02-30T00:00:00.000Z"}',
  '{"client1":"2027-03-31T00:00:00.000Z","client2":null}',
])('a text with anything else in it is not read at all (%s)', (text) => {
  expect(readReportingDates(text)).toBeUndefined();
});
