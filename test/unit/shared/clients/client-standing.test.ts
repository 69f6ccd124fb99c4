import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clientStandingOf,
  isTainted,
  type Taint,
  utcTimeOf,
} from '../../../../shared/clients/client-standing.ts';

const iso = (time: number): string => new Date(time).toISOString();
const DATE = Date.parse('2027-03-31T00:00:00.000Z');

const aTaint = (changes: Partial<Taint> = {}): Taint => ({
  taintedAt: iso(DATE - 1000),
  refusedFrom: iso(DATE),
  ...changes,
});

/** Times in an order that shrinks well: days around the date. */
const aTime = fc.integer({ min: -400, max: 400 }).map((days) => DATE + days * 86_400_000);
const anUntil = fc.option(aTime, { nil: undefined });
/** A time as it is written, or what somebody else may have left there. */
const aText = fc.oneof(
  { weight: 4, arbitrary: aTime.map(iso) },
  fc.constantFrom('', 'never', '2027', '1', '2027-03-31', '2027-02-30T00:00:00.000Z', '2027-03-31T00:00:00'),
);
const anyTaint = fc.option(
  fc.record(
    { taintedAt: aText, refusedFrom: aText, revokedAt: aText },
    { requiredKeys: ['taintedAt', 'refusedFrom'] },
  ),
  { nil: undefined },
);

describe('a client is clean', () => {
  test('where nobody lets it have tokens without a code, and nothing is stored of it', () => {
    fc.assert(
      fc.property(aTime, (now) => {
        expect(clientStandingOf(undefined, undefined, now)).toBe('clean');
      }),
    );
  });

  test('only then, or after a revocation that is a time, and is not before the end of reporting', () => {
    fc.assert(
      fc.property(anUntil, anyTaint, aTime, (until, taint, now) => {
        const revokedAt = utcTimeOf(taint?.revokedAt);
        const isRevoked = !Number.isNaN(revokedAt) && (until === undefined || revokedAt >= until);
        const isUnknown = until === undefined && taint === undefined;
        const isReporting = until !== undefined && now < until;

        expect(clientStandingOf(until, taint, now) === 'clean').toBe(
          !isReporting && (isRevoked || isUnknown),
        );
      }),
    );
  });
});

describe('a client reports', () => {
  test('before the time that the deployment names, whatever is stored, and never else', () => {
    fc.assert(
      fc.property(anUntil, anyTaint, aTime, (until, taint, now) => {
        expect(clientStandingOf(until, taint, now) === 'reporting').toBe(until !== undefined && now < until);
      }),
    );
  });

  test('up to the last millisecond, and not in the next one, which refuses', () => {
    for (const taint of [undefined, aTaint()]) {
      expect(clientStandingOf(DATE, taint, DATE - 1)).toBe('reporting');
      expect(clientStandingOf(DATE, taint, DATE)).toBe('refused');
    }
  });
});

describe('a tainted client', () => {
  test('is refused from its date on, and not a millisecond before', () => {
    expect(clientStandingOf(undefined, aTaint(), DATE - 1)).toBe('tainted');
    expect(clientStandingOf(undefined, aTaint(), DATE)).toBe('refused');
  });

  test('is never less strict later than it was before, until it is revoked', () => {
    const strictness = ['clean', 'reporting', 'tainted', 'refused'];
    fc.assert(
      fc.property(anUntil, anyTaint, aTime, aTime, (until, taint, one, other) => {
        fc.pre(taint === undefined || isTainted(taint));
        const [before, after] = [Math.min(one, other), Math.max(one, other)].map((now) =>
          strictness.indexOf(clientStandingOf(until, taint, now)),
        ) as [number, number];

        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test.each(['', 'never', '2027', '2099-01-01', '2099-02-30T00:00:00.000Z', '2099-13-01T00:00:00Z'])(
    'is refused where its date is no time (%j)',
    (refusedFrom) => {
      expect(clientStandingOf(undefined, aTaint({ refusedFrom }), DATE - 1000)).toBe('refused');
    },
  );

  test.each(['', 'yes', '2027', '2026-02-30T00:00:00.000Z', '2027-03-31T24:00:00.000Z'])(
    'is not clean after a revocation that is no time (%j)',
    (revokedAt) => {
      expect(clientStandingOf(undefined, aTaint({ revokedAt }), DATE - 1)).toBe('tainted');
      expect(clientStandingOf(undefined, aTaint({ revokedAt }), DATE)).toBe('refused');
      expect(isTainted(aTaint({ revokedAt }))).toBe(true);
    },
  );

  test('is clean after a revocation, and tainted where there was none', () => {
    expect(clientStandingOf(undefined, aTaint({ revokedAt: iso(DATE - 500) }), DATE)).toBe('clean');
    expect(isTainted(aTaint({ revokedAt: iso(DATE - 500) }))).toBe(false);
    expect(isTainted(aTaint())).toBe(true);
    expect(isTainted(undefined)).toBe(false);
  });
});

describe('a client that the deployment names with a past time', () => {
  test('is refused by that time, whatever a record says of another', () => {
    const later = aTaint({ refusedFrom: iso(DATE + 1000) });

    expect(clientStandingOf(DATE, later, DATE)).toBe('refused');
  });

  test('is not clean by a revocation from before it: tokens without a code may have come after that', () => {
    const revoked = (at: number) => aTaint({ revokedAt: iso(at) });

    expect(clientStandingOf(DATE, revoked(DATE - 1), DATE + 1000)).toBe('refused');
    expect(clientStandingOf(DATE, revoked(DATE), DATE + 1000)).toBe('clean');
  });
});

describe('a time', () => {
  test('is what toISOString writes, and nothing else', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), noInvalidDate: true, max: new Date('9999-12-31') }), (date) => {
        expect(utcTimeOf(date.toISOString())).toBe(date.getTime());
      }),
    );
    for (const odd of [undefined, null, DATE, [iso(DATE)], ` ${iso(DATE)}`, '2027-03-31T00:00:00+01:00'])
      expect(utcTimeOf(odd)).toBeNaN();
  });
});
