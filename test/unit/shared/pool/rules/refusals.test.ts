import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../../shared/pool/json.ts';
import { planAttach, type Wish } from '../../../../../shared/pool/plan.ts';
import type { PoolState } from '../../../../../shared/pool/pool-state.ts';
import {
  aClient,
  aPool,
  aState,
  attachedTo,
  aWish,
  type GivenState,
  LATER,
  POOL_ID,
  TRIGGERS,
} from '../../../../support/pools/pools.ts';

const refusals = (state: GivenState, wish: Partial<Wish> = {}) =>
  planAttach(aState(state), aWish(wish)).refusals;

const ROLE = 'arn:aws:iam::111122223333:role/sms';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const OPEN = aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });

describe('what is not known', () => {
  const attached = aPool({ LambdaConfig: attachedTo(TRIGGERS) });

  test.each([['NewThing'], ['LambdaConfig.New'], ['Policies.PasswordPolicy.New']])(
    '%s of a pool that would be written is refused by name',
    (path) => {
      expect(refusals({ unknown: [path] })).toEqual([
        expect.stringContaining(`The pool's ${path} is not known`),
      ]);
    },
  );

  test('is refused though the SDK knows it, if nothing here says whether it can be written', () => {
    expect(refusals({ pool: aPool({ NewThing: 1 }) })).toEqual([expect.stringContaining('NewThing')]);
  });

  test('of a pool that is attached already is none of our business', () => {
    expect(refusals({ pool: attached, unknown: ['NewThing'] })).toEqual([]);
  });

  test('of a client is refused only if that client would be written', () => {
    const clients = { web: { ...OPEN, NewThing: 1 } };

    expect(refusals({ pool: attached, clients }, { close: ['web'] })).toEqual([
      expect.stringContaining('NewThing of the client web is not known'),
    ]);
    expect(refusals({ pool: attached, clients }, { reporting: { web: { until: LATER } } })).toEqual([]);
  });

  test('deep in a client is refused by its path', () => {
    const state: PoolState = {
      ...aState({ pool: attached }),
      clients: new Map([['web', { properties: OPEN, unknown: ['TokenValidityUnits.New'] }]]),
    };

    expect(planAttach(state, aWish({ close: ['web'] })).refusals).toEqual([
      expect.stringContaining('TokenValidityUnits.New of the client web'),
    ]);
  });
});

describe('a wrong option is refused by name', () => {
  const clients = { web: aClient() };

  test.each<[Partial<Wish>, string]>([
    [{ close: ['recovry'] }, '"recovry" is no door'],
    [{ accept: ['recovry'] }, '"recovry" is no door'],
    [{ close: ['other'] }, '"other" is no door'],
    [{ close: ['web:mail'] }, '"web:mail" is no door'],
    [{ close: ['taken:DefineAuthChallenge'] }, '--replace does'],
    [{ accept: ['taken:DefineAuthChallenge'] }, 'taken:DefineAuthChallenge cannot be accepted'],
    [{ accept: ['web'] }, 'web cannot be accepted'],
    [{ replace: ['PreSignUp' as never] }, 'not "PreSignUp"'],
  ])('%j', (wish, text) => {
    expect(refusals({ clients }, wish)).toEqual([expect.stringContaining(text)]);
  });

  test('and so is a door that attach cannot close', () => {
    expect(refusals({ pool: aPool({ UsernameAttributes: [] }) }, { close: ['aliases'] })).toEqual([
      'aliases cannot be closed by attach.',
    ]);
  });

  test('but not one of a door that is closed already, so that attach can be run again', () => {
    const wish: Partial<Wish> = {
      close: ['recovery', 'web', 'web:email', 'web:session', 'web:existence'],
      accept: ['mfa'],
      replace: ['PreTokenGeneration'],
    };

    expect(refusals({ clients }, wish)).toEqual([]);
  });
});

describe('a pool elsewhere', () => {
  const arnIn = (partition: string, region: string, account: string): Json =>
    aPool({ Arn: `arn:${partition}:cognito-idp:${region}:${account}:userpool/${POOL_ID}` });

  test.each([
    ['aws', 'eu-central-1', '111122223333', 'The pool is in eu-central-1, and the functions in eu-west-1.'],
    ['aws', 'eu-west-1', '444455556666', 'another partition, region or account'],
    ['aws-cn', 'eu-west-1', '111122223333', 'another partition, region or account'],
  ])('in %s %s %s is refused', (partition, region, account, text) => {
    expect(refusals({ pool: arnIn(partition, region, account) })[0]).toContain(text);
  });

  test.each([
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
  ])('is none if the functions are in %s, too', (partition, region) => {
    const triggers = JSON.parse(
      JSON.stringify(TRIGGERS).replaceAll('arn:aws:lambda:eu-west-1', `arn:${partition}:lambda:${region}`),
    );

    expect(refusals({ pool: arnIn(partition, region, '111122223333') }, { triggers, region })).toEqual([]);
  });

  test('is what a pool without an ARN might be', () => {
    expect(refusals({ pool: aPool({ Arn: undefined }) })).toHaveLength(1);
  });

  test('is where one function of four would be', () => {
    const triggers = { ...TRIGGERS, PreTokenGeneration: TRIGGERS.PreTokenGeneration.replace('1111', '9999') };

    expect(refusals({}, { triggers })).toEqual([
      expect.stringContaining('The function for PreTokenGeneration is in another'),
    ]);
  });
});

test.each([
  ['LITE', 'V1_0', 0],
  ['LITE', 'V2_0', 1],
  ['LITE', 'V3_0', 1],
  ['ESSENTIALS', 'V2_0', 0],
  ['PLUS', 'V3_0', 0],
  [undefined, 'V3_0', 0],
] as const)('the plan %s with the event version %s: %i refusals', (UserPoolTier, eventVersion, count) => {
  const found = refusals({ pool: aPool({ UserPoolTier }) }, { eventVersion });

  expect(found).toHaveLength(count);
  for (const text of found) expect(text).toContain(eventVersion);
});

describe('whoever may pass named roles and keys only', () => {
  const sms = { SmsConfiguration: { SnsCallerArn: ROLE, ExternalId: 'x' } };
  const messaging = { SmsConfiguration: { EumsSms: { CallerArn: ROLE } } };
  const sender = { LambdaConfig: { CustomEmailSender: { LambdaArn: 'a' }, KMSKeyID: KEY } };

  test.each<[Json, Partial<Wish>, number]>([
    [sms, {}, 1],
    [sms, { smsRoleArn: `${ROLE}-other` }, 1],
    [sms, { smsRoleArn: ROLE }, 0],
    [messaging, {}, 1],
    [messaging, { smsRoleArn: ROLE }, 0],
    [sender, {}, 1],
    [sender, { smsRoleArn: KEY }, 1],
    [sender, { customSenderKeyArn: KEY }, 0],
    [{}, {}, 0],
    [{ ...sms, ...sender, LambdaConfig: { ...sender.LambdaConfig, ...attachedTo(TRIGGERS) } }, {}, 0],
  ])('a pool with %j, and %j: %i refusals', (pool, wish, count) => {
    expect(refusals({ pool: aPool(pool) }, { passes: 'named', ...wish })).toHaveLength(count);
    expect(refusals({ pool: aPool(pool) }, { passes: 'any' })).toEqual([]);
  });
});
