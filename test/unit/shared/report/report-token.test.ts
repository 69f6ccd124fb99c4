import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { deriveReportToken, hashReportToken } from '../../../../shared/report/report-token.ts';
import { aChallengeId, KEY, REF } from '../../../support/table/challenges.ts';

test('a token is the first half of a keyed hash of the user, the challenge and the delivery', () => {
  const expected = createHmac('sha256', KEY)
    .update('report/1')
    .update(REF.challengeId)
    .update(REF.userId)
    .update(Buffer.from([0, 0, 0, 2]))
    .digest()
    .subarray(0, 16)
    .toString('base64url');

  expect(deriveReportToken(KEY, { ...REF, delivery: 2 })).toBe(expected);
  expect(hashReportToken(expected)).toBe(createHash('sha256').update(expected).digest('base64url'));
});

test('each delivery, challenge and user has its own, however the texts are cut', () => {
  const refs = [
    { ...REF, delivery: 1 },
    { ...REF, delivery: 2 },
    { ...REF, challengeId: aChallengeId(1), delivery: 1 },
    { ...REF, userId: `${REF.userId}1`, delivery: 1 },
    { ...REF, userId: REF.userId.slice(0, -1), delivery: 1 },
    { ...REF, userId: REF.userId, delivery: 11 },
  ];

  expect(new Set(refs.map((ref) => deriveReportToken(KEY, ref))).size).toBe(refs.length);
});

test('a token tells nothing of the code, which has the same key', () => {
  const code = deriveCode(KEY, REF, 6);

  expect(
    Buffer.from(deriveReportToken(KEY, { ...REF, delivery: 1 }), 'base64url').toString('hex'),
  ).not.toContain(code);
});
