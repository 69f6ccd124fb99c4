import { describe, expect, test } from 'vitest';
import { driftOf, type Expectation } from '../../../../shared/pool/drift.ts';
import type { Json } from '../../../../shared/pool/json.ts';
import { PLACES } from '../../../../shared/pool/places.ts';
import {
  aClient,
  aPool,
  aState,
  attachedTo,
  EARLIER,
  LATER,
  NOW,
  OTHER,
  TRIGGERS,
} from '../../../support/pools/pools.ts';

const expectation = (given: Partial<Expectation> = {}): Expectation => ({
  triggers: TRIGGERS,
  eventVersion: 'V1_0',
  reporting: {},
  codeSeconds: 300,
  accept: [],
  now: NOW,
  ...given,
});

const drift = (pool: Json, client: Json = {}, given: Partial<Expectation> = {}) =>
  driftOf(
    aState({
      pool: aPool({ LambdaConfig: attachedTo(TRIGGERS), ...pool }),
      clients: { web: aClient(client) },
    }),
    expectation(given),
  );

const OPEN = { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] };

test('a healthy pool has no findings', () => {
  expect(drift({})).toEqual([]);
  expect(drift({ LambdaConfig: { ...attachedTo(TRIGGERS), PreSignUp: OTHER } })).toEqual([]);
});

describe('in each place', () => {
  const all = attachedTo(TRIGGERS) as Record<string, unknown>;

  test.each(PLACES.map((place) => [place]))('%s, a trigger that is gone is found', (place) => {
    const { [place]: _, PreTokenGenerationConfig, ...rest } = all;
    const LambdaConfig = place === 'PreTokenGeneration' ? rest : { ...rest, PreTokenGenerationConfig };

    expect(drift({ LambdaConfig })).toMatchObject([
      { kind: 'trigger-gone', at: place, harm: expect.stringContaining(place), remedy: 'Run attach again.' },
    ]);
  });

  test.each(PLACES.map((place) => [place]))('%s, a trigger that is replaced is found', (place) => {
    const [finding] = drift({ LambdaConfig: { ...all, [place]: OTHER } });

    expect(finding).toMatchObject({ kind: 'trigger-replaced', at: place });
    expect(finding?.harm).toContain(OTHER);
    expect(finding?.remedy).toContain(`--replace ${place}`);
  });
});

test('another version of the event is found, once', () => {
  const LambdaConfig = attachedTo(TRIGGERS, 'V2_0');

  expect(drift({ LambdaConfig })).toMatchObject([
    { kind: 'event-version', harm: expect.stringContaining('V2_0, not V1_0') },
  ]);
  expect(drift({ LambdaConfig }, {}, { eventVersion: 'V2_0' })).toEqual([]);
  expect(drift({ LambdaConfig: TRIGGERS }, {}, { eventVersion: 'V2_0' })).toMatchObject([
    { kind: 'event-version' },
  ]);
  expect(drift({ LambdaConfig: TRIGGERS })).toEqual([]);
});

describe('a client', () => {
  test('that was opened is found, with what mends it', () => {
    const [finding] = drift({}, OPEN);

    expect(finding).toMatchObject({ kind: 'client-opened', at: 'web' });
    expect(finding?.harm).toContain('web-app lets users in without the code, by ALLOW_USER_SRP_AUTH');
    expect(finding?.remedy).toContain('--close web');
  });

  test.each([
    [LATER, 0],
    [EARLIER, 1],
  ])('that reports until %s: %i findings', (until, count) => {
    expect(drift({}, OPEN, { reporting: { web: { until } } })).toHaveLength(count);
    expect(drift({}, OPEN, { reporting: { other: { until } } })).toHaveLength(1);
  });

  test('that waits less than a code is valid is found, unless that is accepted', () => {
    expect(drift({}, { AuthSessionValidity: 4 })).toMatchObject([{ kind: 'short-session', at: 'web' }]);
    expect(drift({}, { AuthSessionValidity: 4 }, { accept: ['web:session'] })).toEqual([]);
    expect(drift({}, { AuthSessionValidity: 5 })).toEqual([]);
    expect(drift({}, { AuthSessionValidity: 3, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] })).toEqual(
      [],
    );
  });
});

test('a pool without deletion protection is found, unless that is accepted', () => {
  expect(drift({ DeletionProtection: 'INACTIVE' })).toMatchObject([{ kind: 'deletion-protection' }]);
  expect(drift({ DeletionProtection: 'INACTIVE' }, {}, { accept: ['deletion-protection'] })).toEqual([]);
});

describe('a door of the pool with which users get round the code, or cannot sign in,', () => {
  test.each<[string, Json]>([
    ['recovery', { AccountRecoverySetting: undefined }],
    ['devices', { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } }],
    ['mfa', { MfaConfiguration: 'ON' }],
    ['first-factors', { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } }],
  ])('is found when it opens, unless that is accepted: %s', (id, pool) => {
    expect(drift(pool)).toMatchObject([
      { kind: 'door-opened', at: id, remedy: expect.stringContaining(`--close ${id}`) },
    ]);
    expect(drift(pool, {}, { accept: [id] })).toEqual([]);
  });

  test('is not found if it warns only', () => {
    expect(drift({ MfaConfiguration: 'OPTIONAL', AutoVerifiedAttributes: [] })).toEqual([]);
  });

  test('has to be accepted again by what mends the rest', () => {
    const given = { accept: ['recovery'] };
    const remedies = (pool: Json, client: Json = {}) =>
      drift({ AccountRecoverySetting: undefined, ...pool }, client, given).map(({ remedy }) => remedy);

    expect(remedies({ LambdaConfig: { ...TRIGGERS, DefineAuthChallenge: undefined } })).toEqual([
      'Run attach again, with the --accept of before.',
    ]);
    expect(remedies({ LambdaConfig: { ...TRIGGERS, DefineAuthChallenge: OTHER } })).toEqual([
      'Run attach --replace DefineAuthChallenge, with the --accept of before, if nobody needs the other function.',
    ]);
    expect(remedies({ DeletionProtection: 'INACTIVE' }, { ...OPEN, AuthSessionValidity: 3 })).toEqual([
      'Run attach --close web, with the --accept of before, or name it in reportingClients.',
      'Run attach --close deletion-protection, with the --accept of before.',
    ]);
  });
});
