import { CfnParameter, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReportingClients } from '../../../../infra/settings/reporting-clients.ts';
import { SettingsError } from '../../../../infra/settings/settings.ts';
import { readReportingDates, writeReportingClients } from '../../../../shared/clients/reporting-clients.ts';
import { anApp } from '../../../support/infra/templates.ts';

const NOW = Date.UTC(2027, 0, 1);
const DAY = 24 * 3_600_000;
const reason = 'the app of the drivers is updated in spring';

const untilOf = (until: unknown) => readReportingClients({ client1: { until, reason } }, NOW).client1?.until;
const problemsOf = (given: unknown): readonly string[] => {
  try {
    readReportingClients(given, NOW);
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n- ').slice(1);
    throw error;
  }
  return expect.unreachable('the setting was taken');
};

describe('the date of a client', () => {
  it.each([
    ['2027-03-31', '2027-03-31T00:00:00.000Z'],
    ['2027-03-31T18:30Z', '2027-03-31T18:30:00.000Z'],
    ['2027-03-31T18:30:05+02:00', '2027-03-31T16:30:05.000Z'],
    ['2027-03-31T23:30:05.25-01:30', '2027-04-01T01:00:05.250Z'],
    ['2026-12-31', '2026-12-31T00:00:00.000Z'],
  ])('%s is %s', (given, until) => {
    expect(untilOf(given)).toBe(until);
  });

  it.each([
    '',
    'tomorrow',
    '2027',
    '2027-3-31',
    '2027-02-29',
    '2027-13-01',
    '2027-03-31T18:30:00',
    '2027-03-31 18:30Z',
    '2027-03-31T25:00Z',
    '2027-02-30T18:30Z',
    ' 2027-03-31',
    NOW,
    new Date(NOW),
    null,
    undefined,
  ])('%s is none', (until) => {
    expect(problemsOf({ client1: { until, reason } })).toEqual([
      expect.stringContaining('reportingClients: client1 until must be a date such as 2027-03-31'),
    ]);
  });

  it('is at most 366 days away, and may be past', () => {
    const at = (time: number) => new Date(time).toISOString();

    expect(untilOf(at(NOW + 366 * DAY))).toBe(at(NOW + 366 * DAY));
    expect(untilOf(at(0))).toBe(at(0));
    expect(problemsOf({ client1: { until: at(NOW + 366 * DAY + 1), reason } })).toEqual([
      expect.stringContaining('until must be at most 366 days away'),
    ]);
  });

  it('that was taken once is taken at every later synthesis', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 366 }), fc.nat({ max: 5000 }), (away, later) => {
        const until = new Date(NOW + away * DAY).toISOString();
        const given = { client1: { until, reason } };

        expect(readReportingClients(given, NOW + later * DAY)).toEqual({ client1: { until } });
      }),
    );
  });

  it('is held against the time of the synthesis by default', () => {
    const far = new Date(Date.now() + 367 * DAY).toISOString();

    expect(() => readReportingClients({ client1: { until: far, reason } })).toThrow('at most 366 days away');
  });
});

describe('clients', () => {
  const until = '2027-03-31';

  it.each([undefined, null, {}])('are none where %j is given', (given) => {
    expect(readReportingClients(given, NOW)).toEqual({});
  });

  it('are kept with their dates alone', () => {
    const given = { client1: { until, reason }, '5h3ab+_Z': { until: '2027-04-01', reason } };

    expect(readReportingClients(given, NOW)).toEqual({
      client1: { until: '2027-03-31T00:00:00.000Z' },
      '5h3ab+_Z': { until: '2027-04-01T00:00:00.000Z' },
    });
  });

  it.each(['client1', [], 3, true])('are not %j', (given) => {
    expect(problemsOf(given)).toEqual(['reportingClients must be an object by client id']);
  });

  it.each(['', 'client-1', 'client 1', 'Shop/Pool/Web', 'a'.repeat(129), 'clïent'])(
    'have an id as Cognito gives it, which %j is not',
    (id) => {
      expect(problemsOf({ [id]: { until, reason } })).toEqual([
        expect.stringContaining('must have the id of an app client as its name'),
      ]);
    },
  );

  it('cannot be named by a reference, whose id nobody knows at synthesis', () => {
    const { valueAsString } = new CfnParameter(new Stack(anApp(), 'Shop'), 'ClientId');

    expect(problemsOf({ [valueAsString]: { until, reason } })).toHaveLength(1);
  });

  it('each have what is asked for, and every problem of every one is named', () => {
    const given = {
      client1: { until: 'soon', reason: '   ' },
      client2: 'until spring',
      client3: { until, reason: 3 },
      client4: { until, reason, note: 'later' },
      client5: { until, reason },
    };

    expect(problemsOf(given)).toEqual([
      expect.stringMatching(/^reportingClients: client1 until must be a date/),
      'reportingClients: client1 reason must say why the client cannot ask for codes yet',
      'reportingClients: client2 must have an until and a reason',
      'reportingClients: client3 reason must say why the client cannot ask for codes yet',
      'reportingClients: client4 note is not known here; there are until and reason',
    ]);
  });

  it('fit into the environment of the guard, all together', () => {
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`${n}`.padStart(26, 'c'), { until, reason }]),
      );

    const written = writeReportingClients(readReportingClients(many(50), NOW));
    expect(written.length).toBeLessThanOrEqual(3000);
    expect(readReportingDates(written)?.size).toBe(50);
    expect(problemsOf(many(60))).toEqual([expect.stringContaining('must fit into 3000 bytes')]);
  });
});
