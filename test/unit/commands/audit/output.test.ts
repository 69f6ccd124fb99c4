import { describe, expect, it } from 'vitest';
import { toJson, toSummary, toText } from '../../../../commands/audit/output.ts';
import {
  aChallenge,
  aChallengeId,
  aFact,
  MINUTE,
  NOW,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';

const ID = aChallengeId();
const ARN = `arn:aws:states:us-east-1:123456789012:express:DeliveryWorkflow:${ID}-1:run-1`;

const CHALLENGE = aChallenge({
  addressHash: 'hash',
  outcome: 'EXPIRED',
  attempts: 1,
  events: {
    '1#DELIVERED': aFact(NOW + 3200, { messageId: 'message-1', smtpReply: '250 OK' }),
    EXPIRED: aFact(NOW + 6 * MINUTE),
    '1#REQUESTED': aFact(NOW, { request: 'request-1', claimedIp: '203.0.113.7' }),
    '1#SENT': aFact(NOW + 2 * SECOND, { messageId: 'message-1', try: 2, execution: ARN }),
    'attempt#round-1': aFact(NOW + 21 * SECOND, { round: 'round-1', request: 'request-2' }),
  },
});
const LATER = NOW + 10 * MINUTE;

describe('for people', () => {
  it('shows a challenge with its steps, oldest first, each id once, and how it stands', () => {
    expect(toText(CHALLENGE, LATER, 'full')).toBe(
      `${ID}  EXPIRED
  user ${USER_ID}, recipient a***@e***.com, 2025-01-15, times in UTC
  12:00:00.000             mail 1: code requested  [test, claimed IP 203.0.113.7, request request-1]
  12:00:02.000     +2.0 s  mail 1: mailed  [test, try 2, messageId message-1, execution ${ID}-1:run-1]
  12:00:03.200     +1.2 s  mail 1: accepted by the recipient's server  [test, server's reply 250 OK]
  12:00:21.000      +18 s  wrong answer  [test, request request-2, round round-1]
  12:06:00.000  +5 min 39 s  closed: expired  [test]
  => mailed 12:00:02, accepted by the recipient's server after 1.2 s; one wrong answer; expired 12:05:00

`,
    );
  });

  it('shows in the short form what happened when, without ids and details', () => {
    expect(toText(CHALLENGE, LATER, 'short')).toBe(
      `${ID}  EXPIRED
  user ${USER_ID}, recipient a***@e***.com, 2025-01-15, times in UTC
  12:00:00             mail 1: code requested
  12:00:02     +2.0 s  mail 1: mailed
  12:00:03     +1.2 s  mail 1: accepted by the recipient's server
  12:00:21      +18 s  wrong answer
  12:06:00  +5 min 39 s  closed: expired
  => mailed 12:00:02, accepted by the recipient's server after 1.2 s; one wrong answer; expired 12:05:00

`,
    );
  });

  it('gives the date of what came on another day', () => {
    const events = { ...CHALLENGE.events, '1#BOUNCED': aFact(NOW + 24 * 60 * MINUTE, { type: 'Permanent' }) };

    expect(toText({ ...CHALLENGE, events }, LATER, 'full')).toContain('  2025-01-16 12:00:00.000  ');
  });

  it('keeps control characters from the terminal, and addresses off it', () => {
    const smtpReply = '\u001b[2J250 \u202eOK\r\n <alice@example.com>';

    const text = toText(
      { ...CHALLENGE, events: { '1#DELIVERED': aFact(NOW, { smtpReply }) } },
      LATER,
      'full',
    );

    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain("server's reply  [2J250  OK  <***>");
  });
});

describe('for programs', () => {
  it('is one line of JSON with everything', () => {
    const line = toJson(CHALLENGE, LATER);

    expect(line).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(line)).toEqual({
      challengeId: ID,
      userId: USER_ID,
      recipient: 'a***@e***.com',
      addressHash: 'hash',
      requestedAt: '2025-01-15T12:00:00.000Z',
      expiresAt: '2025-01-15T12:05:00.000Z',
      outcome: 'EXPIRED',
      attempts: 1,
      deliveries: [
        {
          number: 1,
          status: 'DELIVERED',
          complained: false,
          requestedAt: '2025-01-15T12:00:00.000Z',
          mailedAt: '2025-01-15T12:00:02.000Z',
        },
      ],
      standing:
        "mailed 12:00:02, accepted by the recipient's server after 1.2 s; one wrong answer; expired 12:05:00",
      events: [
        { name: '1#REQUESTED', ...CHALLENGE.events['1#REQUESTED'] },
        { name: '1#SENT', ...CHALLENGE.events['1#SENT'] },
        { name: '1#DELIVERED', ...CHALLENGE.events['1#DELIVERED'] },
        { name: 'attempt#round-1', ...CHALLENGE.events['attempt#round-1'] },
        { name: 'EXPIRED', ...CHALLENGE.events.EXPIRED },
      ],
    });
  });

  it('has null for what is not there, the mask as it is, and no address', () => {
    const smtpReply = 'sent\nalice@example.com';
    const events = { '1#DELIVERED': aFact(NOW, { smtpReply }) };
    const { addressHash: _, ...ofEarlierRelease } = aChallenge({ recipient: '***@e***.com', events });

    const line = toJson(ofEarlierRelease, LATER);

    expect(JSON.parse(line)).toMatchObject({
      recipient: '***@e***.com',
      addressHash: null,
      outcome: null,
      deliveries: [{ mailedAt: null }],
      events: [{ smtpReply: 'sent ***' }],
    });
  });
});

describe('the summary', () => {
  const tally = new Map([
    ['VERIFIED', 20],
    ['OPEN', 1],
  ]);

  it('counts by outcome', () => {
    expect(toSummary(tally, { since: NOW, shown: 21, complete: true })).toBe(
      '21 challenges since 2025-01-15 12:00:00 UTC: 1 OPEN, 20 VERIFIED',
    );
  });

  it('says what is not shown, and what may not be', () => {
    expect(toSummary(tally, { since: NOW, shown: 5, complete: true })).toMatch(/; the newest 5 are shown$/);
    expect(toSummary(tally, { since: NOW, shown: 21, complete: false })).toMatch(/a higher --limit shows$/);
  });

  it('has a start even where the range has none', () => {
    const one = new Map([['OPEN', 1]]);

    expect(toSummary(one, { since: -1e15, shown: 1, complete: true })).toMatch(
      /^1 challenge since 1970-01-01/,
    );
  });
});
