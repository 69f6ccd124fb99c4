import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideNextStep, type SignIn } from '../../../../services/define-auth-challenge/decide-next-step.ts';
import { readSession, type SessionEntry } from '../../../../shared/messages/cognito-session.ts';
import { writeSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import { aChallengeId } from '../../../support/table/challenges.ts';

const MAX_ROUNDS = 3;

const passed = (challengeName: string): SessionEntry => ({ challengeName, succeeded: true });
const failed = (challengeName: string): SessionEntry => ({ challengeName, succeeded: false });
const challengeId = aChallengeId();
const STATUS_ROUNDS = 2;

const SRP = passed('SRP_A');
const PASSWORD = passed('PASSWORD_VERIFIER');
const NEW_PASSWORD = passed('NEW_PASSWORD_REQUIRED');
const WRONG = { ...failed('CUSTOM_CHALLENGE'), challengeId };
const RIGHT = { ...passed('CUSTOM_CHALLENGE'), challengeId };

const decide = (session: readonly SessionEntry[], changes: Partial<SignIn> = {}) =>
  decideNextStep(
    { session, userStatus: 'CONFIRMED', userExists: true, call: 'answer', ...changes },
    { maxRounds: MAX_ROUNDS, statusRounds: STATUS_ROUNDS },
  );

const challenge = (challengeName: string) => ({ kind: 'challenge', challengeName });

describe('asks next', () => {
  test.each([
    ['for the password after SRP', [SRP], 'PASSWORD_VERIFIER'],
    ['for the code after the password', [SRP, PASSWORD], 'CUSTOM_CHALLENGE'],
    ['for the code again after a wrong one', [SRP, PASSWORD, WRONG], 'CUSTOM_CHALLENGE'],
    ['for the code again while rounds are left', [SRP, PASSWORD, WRONG, WRONG], 'CUSTOM_CHALLENGE'],
    ['for the code after a new password', [SRP, PASSWORD, NEW_PASSWORD], 'CUSTOM_CHALLENGE'],
    ['for the code after the pool’s SMS', [SRP, PASSWORD, passed('SMS_MFA')], 'CUSTOM_CHALLENGE'],
    ['for the code after the pool’s mail', [SRP, PASSWORD, passed('EMAIL_OTP')], 'CUSTOM_CHALLENGE'],
    ['for the code after an app’s', [SRP, PASSWORD, passed('SOFTWARE_TOKEN_MFA')], 'CUSTOM_CHALLENGE'],
  ])('%s', (_, session, expected) => {
    const step = decide(session);

    expect(step).toEqual(challenge(expected));
  });

  test.each([['FORCE_CHANGE_PASSWORD'], ['RESET_REQUIRED']])(
    'for a new password, and then for the code, when the user’s status is %s',
    (userStatus) => {
      const steps = [
        decide([SRP, PASSWORD], { userStatus }),
        decide([SRP, PASSWORD, passed('SMS_MFA')], { userStatus }),
        decide([SRP, PASSWORD, NEW_PASSWORD], { userStatus }),
      ];

      expect(steps).toEqual(
        ['NEW_PASSWORD_REQUIRED', 'NEW_PASSWORD_REQUIRED', 'CUSTOM_CHALLENGE'].map(challenge),
      );
    },
  );

  test.each([[undefined], ['CONFIRMED'], ['UNKNOWN']])('for the code when the status is %s', (userStatus) => {
    const step = decide([SRP, PASSWORD], { userStatus });

    expect(step).toEqual(challenge('CUSTOM_CHALLENGE'));
  });

  test('for the password of a user who does not exist, as of one who does', () => {
    const step = decide([SRP], { userExists: false });

    expect(step).toEqual(challenge('PASSWORD_VERIFIER'));
  });
});

describe('issues tokens', () => {
  test.each([
    ['after the first right code', [SRP, PASSWORD, RIGHT]],
    ['after a wrong and a right code', [SRP, PASSWORD, WRONG, RIGHT]],
    ['after a right code in the last round', [SRP, PASSWORD, WRONG, WRONG, RIGHT]],
    ['after a new password and a right code', [SRP, PASSWORD, NEW_PASSWORD, RIGHT]],
    ['after the pool’s own second factor and a right code', [SRP, PASSWORD, passed('SMS_MFA'), RIGHT]],
  ])('%s', (_, session) => {
    const step = decide(session);

    expect(step).toEqual({ kind: 'issueTokens' });
  });
});

describe('fails', () => {
  test.each([
    ['an empty session', []],
    ['failed SRP', [failed('SRP_A')]],
    ['a wrong password', [SRP, failed('PASSWORD_VERIFIER')]],
    ['a wrong password, whatever comes later', [SRP, failed('PASSWORD_VERIFIER'), RIGHT]],
    ['a session that starts with a right code', [RIGHT]],
    ['a code right after SRP', [SRP, RIGHT]],
    ['a password without SRP', [PASSWORD, RIGHT]],
    ['SRP and password the wrong way round', [PASSWORD, SRP, RIGHT]],
    ['a right code without a reference', [SRP, PASSWORD, passed('CUSTOM_CHALLENGE')]],
    ['a right code before a wrong one', [SRP, PASSWORD, RIGHT, WRONG]],
    ['two right codes', [SRP, PASSWORD, RIGHT, RIGHT]],
    ['as many wrong codes as there are rounds', [SRP, PASSWORD, WRONG, WRONG, WRONG]],
    ['a refused new password', [SRP, PASSWORD, failed('NEW_PASSWORD_REQUIRED')]],
    ['a failed second factor of the pool', [SRP, PASSWORD, failed('SMS_MFA'), RIGHT]],
    ['an unknown challenge that succeeded', [SRP, PASSWORD, passed('WEB_AUTHN')]],
    ['an unknown challenge before a right code', [SRP, PASSWORD, passed('DEVICE_SRP_AUTH'), RIGHT]],
    ['a nameless challenge', [SRP, PASSWORD, passed('')]],
    ['another challenge between the rounds', [SRP, PASSWORD, WRONG, NEW_PASSWORD, RIGHT]],
    ['another challenge after a right code', [SRP, PASSWORD, RIGHT, passed('SMS_MFA')]],
    ['SRP that comes twice', [SRP, PASSWORD, SRP, RIGHT]],
  ])('after %s', (_, session) => {
    const step = decide(session);

    expect(step).toEqual({ kind: 'fail' });
  });

  test('for a user who does not exist, from the password on', () => {
    const steps = [
      [SRP, PASSWORD],
      [SRP, PASSWORD, RIGHT],
    ].map((session) => decide(session, { userExists: false }));

    expect(steps).toEqual([{ kind: 'fail' }, { kind: 'fail' }]);
  });

  test.each([[null], [undefined], ['SRP_A'], [{}], [[null]], [[[]]]])('after the raw session %j', (raw) => {
    const step = decide(readSession(raw));

    expect(step).toEqual({ kind: 'fail' });
  });
});

describe('whatever the history', () => {
  const name = fc.constantFrom(
    'SRP_A',
    'PASSWORD_VERIFIER',
    'CUSTOM_CHALLENGE',
    'NEW_PASSWORD_REQUIRED',
    'SMS_MFA',
    'WEB_AUTHN',
    '',
  );
  const entry = fc.record(
    {
      challengeName: name,
      challengeResult: fc.constantFrom(true, false, 'true', null),
      challengeMetadata: fc.constantFrom(
        null,
        'challenge-',
        'CODE-123456',
        writeSessionMetadata({ challengeId, afterStatus: false }),
      ),
    },
    { requiredKeys: [] },
  );
  const proven = { challengeName: 'SRP_A', challengeResult: true };
  const password = { challengeName: 'PASSWORD_VERIFIER', challengeResult: true };
  // Half of the histories start well; otherwise hardly any would reach the tokens.
  const rawSession = fc.oneof(
    fc.array(entry, { maxLength: 6 }),
    fc.array(entry, { maxLength: 4 }).map((rest) => [proven, password, ...rest]),
  );
  const user = fc.record({
    userStatus: fc.constantFrom(undefined, 'CONFIRMED', 'FORCE_CHANGE_PASSWORD'),
    userExists: fc.boolean(),
  });

  test('gives tokens only for SRP and password first, and a right code with its reference last', () => {
    let issued = 0;
    fc.assert(
      fc.property(rawSession, user, (raw, who) => {
        const step = decide(readSession(raw), who);

        if (step.kind !== 'issueTokens') return;
        issued += 1;
        expect(who.userExists).toBe(true);
        expect(raw.length).toBeGreaterThanOrEqual(3);
        expect(raw[0]).toMatchObject({ challengeName: 'SRP_A', challengeResult: true });
        expect(raw[1]).toMatchObject({ challengeName: 'PASSWORD_VERIFIER', challengeResult: true });
        expect(raw.at(-1)).toEqual({
          challengeName: 'CUSTOM_CHALLENGE',
          challengeResult: true,
          challengeMetadata: writeSessionMetadata({ challengeId, afterStatus: false }),
        });
      }),
      { numRuns: 20_000 },
    );
    expect(issued).toBeGreaterThan(0);
  });

  test('never asks for a challenge once the password is refused', () => {
    fc.assert(
      fc.property(rawSession, user, (raw, who) => {
        const refused = [proven, { ...password, challengeResult: false }, ...raw];

        const step = decide(readSession(refused), who);

        expect(step).toEqual({ kind: 'fail' });
      }),
    );
  });
});

describe('rounds that only ask how the mail stands', () => {
  /** A round that was handed out after a status call. */
  const MARKED = { ...WRONG, afterStatus: true };
  const CODE_STEP = challenge('CUSTOM_CHALLENGE');
  const full = (rounds: number) => [SRP, PASSWORD, ...Array<SessionEntry>(rounds).fill(WRONG)];

  test('do not count: a sign-in at its last round goes on after one', () => {
    expect(decide(full(MAX_ROUNDS))).toEqual({ kind: 'fail' });
    expect(decide(full(MAX_ROUNDS), { call: 'status' })).toEqual(CODE_STEP);
    expect(decide([...full(MAX_ROUNDS), MARKED])).toEqual({ kind: 'fail' });
    expect(decide([...full(MAX_ROUNDS - 1), MARKED])).toEqual(CODE_STEP);
  });

  test('count as any other from the third on', () => {
    const afterTwo = [...full(MAX_ROUNDS - 2), MARKED, MARKED];

    expect(decide(afterTwo)).toEqual(CODE_STEP);
    expect(decide([...afterTwo, WRONG], { call: 'status' })).toEqual(CODE_STEP);
    expect(decide([...afterTwo, WRONG, WRONG], { call: 'status' })).toEqual({ kind: 'fail' });
  });

  test('let a sign-in have as many other rounds as before, whatever their order', () => {
    const rounds = fc.array(fc.boolean(), { maxLength: 2 * MAX_ROUNDS });
    fc.assert(
      fc.property(rounds, fc.boolean(), (wasStatus, isStatus) => {
        // The mark of a status round stands in the round after it.
        const session = wasStatus.map((_, n) => ({
          ...WRONG,
          afterStatus: n > 0 && wasStatus[n - 1] === true,
        }));
        const calls = [...wasStatus.slice(0, -1), isStatus];
        const free = Math.min(STATUS_ROUNDS, calls.filter(Boolean).length);
        fc.pre(session.length > 0);

        const step = decide([SRP, PASSWORD, ...session], { call: isStatus ? 'status' : 'answer' });

        expect(step.kind).toBe(session.length - free < MAX_ROUNDS ? 'challenge' : 'fail');
      }),
    );
  });
});
