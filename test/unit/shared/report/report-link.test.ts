import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { type ReportLink, readReportLink, writeReportLink } from '../../../../shared/report/report-link.ts';
import { NOW, REF } from '../../../support/table/challenges.ts';

const BASE = 'https://abc.lambda-url.eu-west-1.on.aws/';

const links: fc.Arbitrary<ReportLink> = fc.record({
  userId: fc.uuid(),
  challengeId: fc.nat({ max: 1e9 }).map((after) => newChallengeId(NOW + after)),
  delivery: fc.integer({ min: 1, max: 999 }),
  token: fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => Buffer.from(bytes).toString('base64url')),
});

const queryOf = (link: ReportLink): string => new URL(writeReportLink(BASE, link)).search.slice(1);

test('a link is read as it was written', () => {
  fc.assert(
    fc.property(links, (link) => {
      expect(readReportLink(queryOf(link))).toEqual(link);
    }),
  );
});

test('a link in which anything is changed is another one, or none', () => {
  const change = fc.tuple(links, fc.nat(), fc.string({ minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(change, ([link, at, text]) => {
      const query = queryOf(link);
      const place = at % query.length;
      const changed = `${query.slice(0, place)}${text}${query.slice(place + 1)}`;
      const read = readReportLink(changed);
      if (read === undefined) return;
      // What is read is nothing but what it stands for.
      expect(readReportLink(queryOf(read))).toEqual(read);
    }),
  );
});

test('whatever is no link is none, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readReportLink(text)).toBeUndefined();
    }),
  );
});

const LINK = queryOf({ ...REF, userId: 'user-1', delivery: 1, token: 'AAAAAAAAAAAAAAAAAAAAAA' });

test.each([
  ['has a part twice', `${LINK}&t=BBBBBBBBBBBBBBBBBBBBBB`],
  ['lacks a part', LINK.replace(/&t=.*/, '')],
  ['has a longer token', `${LINK}A`],
  ['has a delivery that nobody writes so', LINK.replace('d=1', 'd=01')],
  ['has no number for a delivery', LINK.replace('d=1', 'd=1e0')],
  ['has a user that would be another key', LINK.replace('u=user-1', 'u=user-1%23x')],
  ['has no challenge', LINK.replace(/c=[^&]+/, 'c=GUARD')],
])('a link that %s is none', (_, query) => {
  expect(readReportLink(LINK)).toBeDefined();
  expect(readReportLink(query)).toBeUndefined();
});
