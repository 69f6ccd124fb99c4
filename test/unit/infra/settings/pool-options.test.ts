import { Duration, Lazy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import type { ExistingPool } from '../../../../infra/pool/existing-pool.ts';
import { type GivenPoolOptions, readPoolOptions } from '../../../../infra/settings/pool-options.ts';
import { SettingsError } from '../../../../infra/settings/settings.ts';

const read = (given: Partial<GivenPoolOptions>, isElsewhere = true) =>
  readPoolOptions({ existingPool: undefined, watchPool: undefined, ...given }, isElsewhere);

/** What somebody gives who does not ask TypeScript. */
const withExisting = (existingPool: object) => () => read({ existingPool: existingPool as ExistingPool });

describe('what is said of a pool elsewhere', () => {
  it('has defaults: the deployment attaches it, replaces nothing and accepts nothing', () => {
    expect(read({})).toEqual({ attachBy: 'deployment', replaceTriggers: [], accept: [] });
  });

  it('is taken as it is', () => {
    const existingPool: ExistingPool = {
      attachBy: 'command',
      replaceTriggers: ['PreTokenGeneration'],
      accept: [
        'devices',
        'mfa',
        'passkey-mfa',
        'first-factors',
        'recovery',
        'deletion-protection',
        'abc:session',
      ],
      smsRoleArn: 'arn:aws-cn:iam::111122223333:role/service/texts',
      customSenderKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd',
      sessionValidity: Duration.minutes(10),
    };

    expect(read({ existingPool })).toEqual(existingPool);
  });

  it('has its date in UTC', () => {
    expect(read({ existingPool: { refreshUntil: '2026-12-24' } })).toMatchObject({
      refreshUntil: '2026-12-24T00:00:00.000Z',
    });
  });

  it('may be ARNs that only the deployment knows', () => {
    const smsRoleArn = Lazy.string({ produce: () => 'arn' });

    expect(read({ existingPool: { smsRoleArn } })).toMatchObject({ smsRoleArn });
  });

  it.each<[unknown]>([
    [null],
    [{ attachBy: undefined, replaceTriggers: undefined, accept: undefined, smsRoleArn: undefined }],
    [
      {
        attachBy: null,
        replaceTriggers: null,
        accept: null,
        customSenderKeyArn: null,
        sessionValidity: null,
      },
    ],
  ])('has the defaults where nothing is said: %j', (existingPool) => {
    expect(read({ existingPool: existingPool as ExistingPool })).toEqual(read({}));
  });

  it.each<[unknown]>([[true], ['command'], [['command']], [5]])(
    'is refused unless it is an object: %j',
    (existingPool) => {
      expect(withExisting(existingPool as object)).toThrow(
        'existingPool must be an object with any of attachBy, replaceTriggers',
      );
    },
  );

  it.each<[object, string]>([
    [{ attachby: 'command' }, 'existingPool has no attachby; it has attachBy, replaceTriggers, accept,'],
    [{ attachBy: ['command'] }, 'existingPool.attachBy must be one of deployment, command'],
    [{ attachBy: [] }, 'existingPool.attachBy must be one of deployment, command'],
    [
      { replaceTriggers: 'DefineAuthChallenge' },
      'existingPool.replaceTriggers must be a list of DefineAuthChallenge,',
    ],
    [{ accept: 'mfa' }, 'existingPool.accept must be a list of devices,'],
    [{ attachBy: 'hand' }, 'existingPool.attachBy takes deployment, command, and not hand'],
    [
      { replaceTriggers: ['PreSignUp'] },
      'existingPool.replaceTriggers takes DefineAuthChallenge, CreateAuthChallenge, VerifyAuthChallengeResponse, PreTokenGeneration, and not PreSignUp',
    ],
    [{ accept: ['1example23456789'] }, 'is named in reportingClients, with a date'],
    [{ accept: ['taken:PreTokenGeneration'] }, 'and not taken:PreTokenGeneration'],
    [{ refreshUntil: 'soon' }, 'existingPool.refreshUntil must be a date such as 2027-03-31'],
    [{ refreshUntil: '2126-12-24' }, 'existingPool.refreshUntil must be at most 366 days away'],
    [{ smsRoleArn: 'texts' }, 'existingPool.smsRoleArn must be an ARN such as arn:aws:iam::'],
    [
      { customSenderKeyArn: 'alias/key' },
      'existingPool.customSenderKeyArn must be an ARN such as arn:aws:kms:',
    ],
    [
      { sessionValidity: Duration.minutes(16) },
      'existingPool.sessionValidity must be a whole number of minutes from 3 to 15',
    ],
  ])('is refused: %j', (existingPool, problem) => {
    expect(withExisting(existingPool)).toThrow(SettingsError);
    expect(withExisting(existingPool)).toThrow(problem);
  });

  it('is refused with all that is wrong at once', () => {
    const read = withExisting({ attachBy: 'hand', accept: ['x', 'y'], smsRoleArn: 'z' });

    expect(read).toThrow(/attachBy.*\n- .*not x.*\n- .*not y.*\n- .*smsRoleArn/);
  });

  it('is refused for a pool that the stack makes', () => {
    expect(() => read({ existingPool: {} }, false)).toThrow(
      'existingPool is about a pool that the stack does not make',
    );
  });
});

describe('how often a pool is looked at', () => {
  it.each([15, 60, 1440])('may be every %d minutes, of any pool', (minutes) => {
    expect(() => read({ watchPool: Duration.minutes(minutes) }, false)).not.toThrow();
  });

  it.each([
    [Duration.minutes(14), 'watchPool must be a whole number of minutes from 15 to 1440'],
    [Duration.days(2), 'watchPool must be a whole number of minutes from 15 to 1440'],
    [60 as unknown as Duration, undefined],
  ])('is not %s', (watchPool, problem) => {
    const look = () => read({ watchPool }, false);

    if (problem !== undefined) expect(look).toThrow(problem);
    // A plain number is no time, though what reads settings takes it for minutes.
    else expect(look).toThrow('watchPool must be a Duration');
  });
});
