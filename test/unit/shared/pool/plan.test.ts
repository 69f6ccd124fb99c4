import { describe, expect, test } from 'vitest';
import { changed } from '../../../../shared/pool/compare.ts';
import type { Json } from '../../../../shared/pool/json.ts';
import { PLACES } from '../../../../shared/pool/places.ts';
import { planAttach, type Wish } from '../../../../shared/pool/plan.ts';
import {
  aClient,
  aPool,
  aState,
  attachedTo,
  aWish,
  EARLIER,
  type GivenState,
  LATER,
  MADE,
  NOW,
  OTHER,
  OTHER_TRIGGERS,
  TRIGGERS,
} from '../../../support/pools/pools.ts';

const plan = (state: GivenState, wish: Partial<Wish> = {}) => planAttach(aState(state), aWish(wish));

const OPEN = aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
const RECOVERS = { AccountRecoverySetting: undefined };

const fates = (state: GivenState, wish: Partial<Wish>) =>
  Object.fromEntries(plan(state, wish).doors.map(({ id, fate }) => [id, fate]));

describe('the changes', () => {
  test('put ours in all places, by both names of the pre token generation', () => {
    const { changes, refusals } = plan({ pool: aPool({ LambdaConfig: { PreSignUp: OTHER } }) });
    const { pool } = changed(aState({ pool: aPool({ LambdaConfig: { PreSignUp: OTHER } }) }), changes);

    expect(pool.properties.LambdaConfig).toEqual({ PreSignUp: OTHER, ...attachedTo(TRIGGERS) });
    expect(refusals).toEqual([]);
  });

  test('are none in a pool that is attached', () => {
    expect(
      plan({ pool: aPool({ LambdaConfig: attachedTo(TRIGGERS) }), clients: { web: aClient() } }),
    ).toMatchObject({
      changes: [],
      doors: [],
      refusals: [],
      tainted: [],
    });
  });

  test('are the version alone if only that differs', () => {
    const pool = aPool({ LambdaConfig: attachedTo(TRIGGERS) });

    expect(plan({ pool }, { eventVersion: 'V3_0' }).changes).toMatchObject([
      { property: 'LambdaConfig.PreTokenGenerationConfig', after: { LambdaVersion: 'V3_0' } },
    ]);
  });

  test('replace functions that were ours before without being told', () => {
    const state = { pool: aPool({ LambdaConfig: attachedTo(OTHER_TRIGGERS) }), clients: { web: aClient() } };
    const former = Object.values(OTHER_TRIGGERS);

    expect(plan(state, { former })).toMatchObject({ doors: [], refusals: [], tainted: [] });
    expect(plan(state, { former }).changes).toHaveLength(5);
  });

  test('say the same thing once if two doors close with it', () => {
    const mfa = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } };
    const state = { pool: aPool({ MfaConfiguration: 'ON' }), mfa };
    const { changes } = plan(state, { close: ['mfa', 'passkey-mfa'] });

    expect(changes.filter(({ property }) => property === 'MfaConfiguration')).toHaveLength(1);
  });

  test('are JSON', () => {
    const all = plan({ pool: aPool(RECOVERS), clients: { web: OPEN } }, { close: ['web', 'recovery'] });

    expect(JSON.parse(JSON.stringify(all))).toEqual(JSON.parse(JSON.stringify(all)));
    expect(JSON.parse(JSON.stringify(all)).changes).toHaveLength(all.changes.length);
  });
});

describe('a door becomes', () => {
  const state = { pool: aPool(RECOVERS), clients: { web: OPEN } };

  test('closed by its id', () => {
    expect(fates(state, { close: ['recovery', 'web'] })).toEqual({ recovery: 'closed', web: 'closed' });
    expect(plan(state, { close: ['recovery', 'web'] }).refusals).toEqual([]);
  });

  test('closed if closing another one closes it', () => {
    const mfa = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } };

    expect(fates({ pool: aPool({ MfaConfiguration: 'ON' }), mfa }, { close: ['mfa'] })).toEqual({
      mfa: 'closed',
      'passkey-mfa': 'closed',
    });
  });

  test('accepted by its id, and then nothing is changed about it', () => {
    const { changes, refusals } = plan({ pool: aPool(RECOVERS) }, { accept: ['recovery'] });

    expect(fates({ pool: aPool(RECOVERS) }, { accept: ['recovery'] })).toEqual({ recovery: 'accepted' });
    expect(refusals).toEqual([]);
    expect(changes.map(({ property }) => property)).not.toContain('AccountRecoverySetting');
  });

  test.each([
    [LATER, 'reporting', 0],
    [EARLIER, 'open', 1],
    [new Date(NOW).toISOString(), 'open', 1],
    [new Date(NOW + 1).toISOString(), 'reporting', 0],
    ['someday', 'open', 1],
  ])('reporting until %s: %s', (until, fate, refused) => {
    const wish = { reporting: { web: { until } } };

    expect(fates({ clients: { web: OPEN } }, wish)).toEqual({ web: fate });
    expect(plan({ clients: { web: OPEN } }, wish).refusals).toHaveLength(refused);
  });

  test('open, and is refused by name, if nobody says what to do', () => {
    const { refusals } = plan(state);

    expect(fates(state, {})).toEqual({ recovery: 'open', web: 'open' });
    expect(refusals).toEqual([
      expect.stringMatching(/^recovery: .*--close recovery.*--accept recovery/),
      expect.stringMatching(/^web \(web-app\): .*ALLOW_USER_SRP_AUTH.*--close web.*reportingClients/),
    ]);
  });

  test('open without a refusal if it only warns', () => {
    const warned = { pool: aPool({ DeletionProtection: 'INACTIVE' }) };

    expect(fates(warned, {})).toEqual({ 'deletion-protection': 'open' });
    expect(plan(warned).refusals).toEqual([]);
  });

  test('no client for another: reporting and closing are by id', () => {
    const two = { clients: { web: OPEN, mobile: OPEN } };

    expect(fates(two, { close: ['web'], reporting: { other: { until: LATER } } })).toEqual({
      web: 'closed',
      mobile: 'open',
    });
  });

  test('open if a client has the name of something that every object has', () => {
    expect(fates({ clients: { constructor: OPEN } }, {})).toEqual({ constructor: 'open' });
  });
});

describe('a place that is taken', () => {
  const LambdaConfig = { DefineAuthChallenge: OTHER };
  const state = { pool: aPool({ LambdaConfig }) };

  test('is left and refused', () => {
    const { changes, refusals } = plan(state);

    expect(refusals).toEqual([expect.stringContaining(OTHER)]);
    expect(fates(state, { accept: ['taken:DefineAuthChallenge'] })).toEqual({
      'taken:DefineAuthChallenge': 'open',
    });
    expect(changes.map(({ property }) => property)).not.toContain('LambdaConfig.DefineAuthChallenge');
  });

  test('is replaced if it is named, with what was there', () => {
    const { changes, doors, refusals } = plan(state, { replace: ['DefineAuthChallenge'] });

    expect(refusals).toEqual([]);
    expect(doors).toMatchObject([{ id: 'taken:DefineAuthChallenge', fate: 'closed' }]);
    expect(changes[0]).toMatchObject({ before: OTHER, after: TRIGGERS.DefineAuthChallenge });
  });

  test.each(PLACES.map((place) => [place]))('is refused if another one is named: %s', (place) => {
    const taken = { pool: aPool({ LambdaConfig: { [place]: OTHER } }) };
    const others = PLACES.filter((one) => one !== place);

    expect(plan(taken, { replace: others }).refusals).toHaveLength(1);
  });
});

describe('tainted are', () => {
  const clients = {
    web: OPEN,
    safe: aClient(),
    machine: aClient({ ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }),
  };

  test('clients that are open, also those that report', () => {
    expect(plan({ clients }, { close: ['web'] }).tainted).toEqual(['web']);
    expect(plan({ clients }, { reporting: { web: { until: LATER } } }).tainted).toEqual(['web']);
  });

  test('all clients of users, if functions of somebody else asked for whatever they liked', () => {
    const pool = aPool({ LambdaConfig: { VerifyAuthChallengeResponse: OTHER } });

    expect(plan({ pool, clients }, { close: ['web'] }).tainted).toEqual(['web', 'safe']);
  });

  test('no others if only the pre token generation is taken', () => {
    const pool = aPool({ LambdaConfig: { PreTokenGeneration: OTHER } });

    expect(plan({ pool, clients }).tainted).toEqual(['web']);
  });

  describe('where no tokens are guarded', () => {
    const unguarded = (dates: Json, LambdaConfig: Json = {}, wish: Partial<Wish> = {}) =>
      plan({ pool: aPool({ LambdaConfig }), clients: { web: aClient(dates) } }, wish).tainted;

    test.each([
      [{ LastModifiedDate: MADE + 1 }, []],
      [{ LastModifiedDate: MADE + 1.1 }, ['web']],
      [{ CreationDate: undefined }, ['web']],
    ])('clients that are safe, unless they are as they were made: %j', (changedAt, tainted) => {
      expect(unguarded(changedAt)).toEqual(tainted);
      expect(unguarded(changedAt, { PreTokenGeneration: OTHER })).toEqual(tainted);
    });

    test.each([
      [attachedTo(TRIGGERS), {}, []],
      [TRIGGERS, {}, []],
      [attachedTo(OTHER_TRIGGERS), {}, ['web']],
      [attachedTo(OTHER_TRIGGERS), { former: Object.values(OTHER_TRIGGERS) }, []],
      [{ ...attachedTo(TRIGGERS), PreTokenGeneration: OTHER }, {}, ['web']],
    ])('%j is a guard, unless it is of others: %j', (LambdaConfig, wish, tainted) => {
      expect(unguarded({ LastModifiedDate: MADE + 60 }, LambdaConfig, wish)).toEqual(tainted);
    });

    test('a client that only refreshes, if it was another one before', () => {
      const web = aClient({ ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], LastModifiedDate: MADE + 60 });

      expect(plan({ clients: { web } })).toMatchObject({
        tainted: ['web'],
        clients: [{ refresh: expect.stringContaining('are not refreshed') }],
      });
    });
  });
});
