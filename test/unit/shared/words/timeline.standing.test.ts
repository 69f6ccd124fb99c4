import { describe, expect, it, test } from 'vitest';
import type { Challenge, Fact, Outcome } from '../../../../shared/domain/challenge.ts';
import { standingOf } from '../../../../shared/words/timeline.ts';
import { aChallenge, aChallengeId, aFact, MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

const REQUESTED = { '1#REQUESTED': aFact() };
const SENT = { '1#SENT': aFact(NOW + 2 * SECOND, { messageId: 'message-1', try: 1 }) };
const DELIVERED = { '1#DELIVERED': aFact(NOW + 3200) };
const MAILED = { ...REQUESTED, ...SENT };

type Events = Readonly<Record<string, Fact>>;

const withEvents = (events: Events, outcome?: Outcome): Challenge =>
  aChallenge({ events, ...(outcome && { outcome }) });

/** The standing after half a minute. The challenge expires at 12:05. */
const standing = (events: Events, outcome?: Outcome, now = NOW + 30 * SECOND): string =>
  standingOf(withEvents(events, outcome), now);

const sendFailed = (reason: string): Events => ({
  ...REQUESTED,
  '1#SEND_FAILED': aFact(NOW + SECOND, { reason }),
});
const feedback = (name: string, details: Readonly<Record<string, string>>): Events => ({
  ...MAILED,
  [`1#${name}`]: aFact(NOW + 4 * SECOND, details),
});
const wrongAnswers = (count: number): Events =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`attempt#round-${n}`, aFact(NOW + (10 + n) * SECOND)]),
  );

describe('a challenge that is live', () => {
  test.each<[string, Events, string]>([
    ['waits for its mail', REQUESTED, 'requested 12:00:00, not mailed yet'],
    ['is mailed and unreported', MAILED, "mailed 12:00:02, no report from the recipient's server yet"],
    [
      'is delivered',
      { ...MAILED, ...DELIVERED },
      "mailed 12:00:02, accepted by the recipient's server after 1.2 s",
    ],
    [
      "is delivered, in SES's own reckoning",
      { ...MAILED, '1#DELIVERED': aFact(NOW + 3200, { processingMs: 870 }) },
      "mailed 12:00:02, accepted by the recipient's server after 870 ms",
    ],
    [
      'is delayed',
      feedback('DELAYED', { type: 'MailboxFull' }),
      'mailed 12:00:02, delayed: the mailbox is full, SES keeps trying',
    ],
    [
      'is delayed and then delivered',
      { ...feedback('DELAYED', { type: 'MailboxFull' }), '1#DELIVERED': aFact(NOW + 22 * SECOND) },
      "mailed 12:00:02, accepted by the recipient's server after 20 s",
    ],
    [
      'bounced for good',
      feedback('BOUNCED', { type: 'Permanent', subtype: 'NoEmail' }),
      'mailed 12:00:02, returned for good: the mailbox does not exist',
    ],
    [
      'bounced for now',
      feedback('BOUNCED', { type: 'Transient', subtype: 'General' }),
      "mailed 12:00:02, returned, though a later mail may get through: the recipient's server could not take it",
    ],
    [
      'bounced in a way that SES does not explain',
      feedback('BOUNCED', { type: 'Undetermined', subtype: 'Undetermined' }),
      'mailed 12:00:02, returned: the reply does not say why',
    ],
    [
      'was delivered and bounced later',
      { ...MAILED, ...DELIVERED, ...feedback('BOUNCED', { type: 'Permanent', subtype: 'NoEmail' }) },
      "mailed 12:00:02, accepted by the recipient's server after 1.2 s, yet returned for good: the mailbox does not exist",
    ],
    [
      'is suppressed, and what to do about it',
      feedback('SUPPRESSED', { type: 'Permanent', subtype: 'OnAccountSuppressionList' }),
      "mailed 12:00:02, held back by SES: the address is on the account's suppression list (to mail it again, remove it from the list: aws sesv2 delete-suppressed-destination --email-address …)",
    ],
    [
      'was rejected',
      feedback('REJECTED', { reason: 'Bad content' }),
      'mailed 12:00:02, rejected by SES: it found a virus',
    ],
    [
      'drew a complaint',
      { ...MAILED, ...DELIVERED, '1#COMPLAINED': aFact(NOW + 20 * SECOND) },
      "mailed 12:00:02, accepted by the recipient's server after 1.2 s, marked as spam by the recipient",
    ],
    [
      "is mailed by SES's own word, although no execution noted it",
      { ...REQUESTED, '1#ACCEPTED': aFact(NOW + SECOND) },
      "mailed 12:00:01, no report from the recipient's server yet",
    ],
    [
      'went out after all',
      { ...sendFailed('EmailUnanswered'), '1#ACCEPTED': aFact(NOW + SECOND), ...DELIVERED },
      "mailed 12:00:01, accepted by the recipient's server after 2.2 s",
    ],
  ])('%s', (_, events, expected) => {
    expect(standing(events)).toBe(`${expected}; works until 12:05:00`);
  });

  test.each([
    ['EmailThrottled', 'SES limited the rate of mails at every try'],
    ['EmailUnavailable', 'SES failed or could not be reached at every try'],
    ['EmailUnanswered', 'SES did not answer, so the mail may have gone out all the same'],
    ['EmailQuotaReached', "the account's daily quota of mails at SES was used up"],
    [
      'EmailRejected',
      'SES refused it: sender not verified, sending paused, or the account still in the sandbox',
    ],
    ['ChallengeClosed', 'the challenge was over before the mail could go out'],
    ['States.Timeout', 'the function that mails did not answer in time'],
    ['SomethingNew', 'SomethingNew'],
    ['constructor', 'constructor'],
  ])('that could not be mailed because of %s says so in plain words', (reason, words) => {
    expect(standing(sendFailed(reason))).toBe(
      `requested 12:00:00, not mailed: ${words}; works until 12:05:00`,
    );
  });

  it("names each mail by its number, so that a bounce does not hide the next mail's delivery", () => {
    const text = standing({
      ...feedback('BOUNCED', { type: 'Transient', subtype: 'MailboxFull' }),
      '2#RESEND_REQUESTED': aFact(NOW + 35 * SECOND),
      '2#SENT': aFact(NOW + 36 * SECOND),
      '2#DELIVERED': aFact(NOW + 38 * SECOND),
    });

    expect(text).toBe(
      'mail 1: mailed 12:00:02, returned, though a later mail may get through: the mailbox is full; ' +
        "mail 2: mailed 12:00:36, accepted by the recipient's server after 2.0 s; works until 12:05:00",
    );
  });
});

describe('a challenge that is over', () => {
  const delivered = { ...MAILED, ...DELIVERED };
  const mailed = "mailed 12:00:02, accepted by the recipient's server after 1.2 s";

  test.each<[string, Events, Outcome, string]>([
    [
      'verified',
      { ...delivered, ...wrongAnswers(1), VERIFIED: aFact(NOW + 31 * SECOND) },
      'VERIFIED',
      `${mailed}; one wrong answer; verified 12:00:31, 31 s after the request`,
    ],
    [
      'signed in with',
      { ...delivered, VERIFIED: aFact(NOW + 31 * SECOND), TOKENS_ISSUED: aFact(NOW + 32 * SECOND) },
      'VERIFIED',
      `${mailed}; verified 12:00:31, 31 s after the request; tokens issued 12:00:32`,
    ],
    [
      'exhausted',
      { ...delivered, ...wrongAnswers(5), EXHAUSTED: aFact(NOW + 14 * SECOND) },
      'EXHAUSTED',
      `${mailed}; five wrong answers; exhausted 12:00:14`,
    ],
    [
      'replaced',
      { ...delivered, REPLACED: aFact(NOW + 14 * SECOND) },
      'REPLACED',
      `${mailed}; replaced 12:00:14, because the user's address had changed`,
    ],
    [
      'revoked',
      { ...delivered, REVOKED: aFact(NOW + 14 * SECOND) },
      'REVOKED',
      `${mailed}; revoked 12:00:14, because it was reported as not asked for`,
    ],
    [
      'expired',
      { ...delivered, ...wrongAnswers(2), EXPIRED: aFact(NOW + 6 * MINUTE) },
      'EXPIRED',
      `${mailed}; two wrong answers; expired 12:05:00`,
    ],
    [
      'expired without a report',
      { ...MAILED, EXPIRED: aFact(NOW + 6 * MINUTE) },
      'EXPIRED',
      "mailed 12:00:02, no report from the recipient's server; expired 12:05:00",
    ],
    [
      'orphaned for a known reason',
      { ...sendFailed('EmailQuotaReached'), ORPHANED: aFact(NOW + 6 * MINUTE) },
      'ORPHANED',
      "requested 12:00:00, not mailed: the account's daily quota of mails at SES was used up; orphaned: expired 12:05:00 without a mail",
    ],
    [
      'orphaned for a reason that only the workflow knows',
      { ...REQUESTED, ORPHANED: aFact(NOW + 6 * MINUTE) },
      'ORPHANED',
      `requested 12:00:00, no record that it was mailed, and none that says why (execution ${aChallengeId()}-1); orphaned: expired 12:05:00 without a mail`,
    ],
  ])('because it is %s', (_, events, outcome, expected) => {
    expect(standing(events, outcome, NOW + 7 * MINUTE)).toBe(expected);
  });

  test('as never mailed, although the word of its mail came in the end, says both', () => {
    const events = {
      ...REQUESTED,
      '1#ACCEPTED': aFact(NOW + 299 * SECOND),
      ORPHANED: aFact(NOW + 6 * MINUTE),
    };

    expect(standing(events, 'ORPHANED', NOW + 7 * MINUTE)).toBe(
      "mailed 12:04:59, no report from the recipient's server; closed 12:06:00 as never mailed, before the word of its mail came; expired 12:05:00",
    );
  });

  test('with its code, though nothing was written down of a mail, does not claim that there was none', () => {
    const events = { ...REQUESTED, VERIFIED: aFact(NOW + 20 * SECOND) };

    expect(standing(events, 'VERIFIED', NOW + 7 * MINUTE)).toBe(
      'requested 12:00:00, no record of its mail; verified 12:00:20, 20 s after the request',
    );
  });

  test('with the first mail’s code does not give up a second mail that is still on its way', () => {
    const events = {
      ...REQUESTED,
      '1#SENT': aFact(NOW + 2 * SECOND),
      '2#RESEND_REQUESTED': aFact(NOW + 31 * SECOND),
      VERIFIED: aFact(NOW + 32 * SECOND),
    };

    expect(standing(events, 'VERIFIED', NOW + 33 * SECOND)).toContain(
      'mail 2: requested 12:00:31, not mailed yet; verified',
    );
  });

  test('in time alone is called overdue', () => {
    expect(standing(delivered, undefined, NOW + 5 * MINUTE)).toBe(
      `${mailed}; expired 12:05:00, not closed yet`,
    );
  });
});
