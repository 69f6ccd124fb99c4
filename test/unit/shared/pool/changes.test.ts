import { describe, expect, test } from 'vitest';
import {
  changesTo,
  mergeChanges,
  type PoolChange,
  undoOf,
  withChanges,
} from '../../../../shared/pool/changes.ts';
import { aClient, aPool, aState, attachedTo, OTHER, TRIGGERS } from '../../../support/pools/pools.ts';

const DEFINE = 'LambdaConfig.DefineAuthChallenge';
const OURS = TRIGGERS.DefineAuthChallenge;

const define = (before: unknown, after: unknown): PoolChange => ({
  at: 'pool',
  property: DEFINE,
  before,
  after,
});

const undoIn = (LambdaConfig: object, kept: readonly PoolChange[]) =>
  undoOf(aState({ pool: aPool({ LambdaConfig }) }), kept);

describe('changesTo', () => {
  test('names what is not so yet, with what it was', () => {
    const values = {
      MfaConfiguration: 'OFF',
      DeletionProtection: 'INACTIVE',
      DeviceConfiguration: undefined,
    };

    expect(changesTo('pool', aPool({ DeviceConfiguration: { A: true } }), values)).toEqual([
      { at: 'pool', property: 'DeletionProtection', before: 'ACTIVE', after: 'INACTIVE' },
      { at: 'pool', property: 'DeviceConfiguration', before: { A: true }, after: undefined },
    ]);
  });
});

describe('withChanges', () => {
  test('changes the pool, or the client that is named, alone', () => {
    const changes: readonly PoolChange[] = [
      define(undefined, OURS),
      { at: { clientId: 'web' }, property: 'AuthSessionValidity', after: 15 },
      { at: { clientId: 'other' }, property: 'AuthSessionValidity', after: 3 },
    ];

    expect(withChanges({ a: 1 }, changes, 'pool')).toEqual({
      a: 1,
      LambdaConfig: { DefineAuthChallenge: OURS },
    });
    expect(withChanges({ a: 1 }, changes, { clientId: 'web' })).toEqual({ a: 1, AuthSessionValidity: 15 });
  });
});

describe('undoOf', () => {
  test('puts back what was there', () => {
    expect(undoIn({ DefineAuthChallenge: OURS }, [define(OTHER, OURS)])).toEqual({
      changes: [define(OURS, OTHER)],
      left: [],
    });
    expect(undoIn({ DefineAuthChallenge: OURS }, [define(undefined, OURS)]).changes).toEqual([
      define(OURS, undefined),
    ]);
  });

  test('leaves what somebody else changed meanwhile, and says so', () => {
    expect(undoIn({ DefineAuthChallenge: OTHER }, [define(undefined, OURS)])).toEqual({
      changes: [],
      left: [{ at: 'pool', property: DEFINE }],
    });
    expect(undoIn({}, [define(OTHER, OURS)]).left).toEqual([{ at: 'pool', property: DEFINE }]);
  });

  test('has nothing to do where it is as it was, such as after an attach that never wrote', () => {
    expect(undoIn({ DefineAuthChallenge: OTHER }, [define(OTHER, OURS)])).toEqual({ changes: [], left: [] });
  });

  test('takes a list in another order for ours', () => {
    const at = { clientId: 'web' };
    const kept: readonly PoolChange[] = [
      { at, property: 'ExplicitAuthFlows', after: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_CUSTOM_AUTH'] },
    ];

    expect(undoOf(aState({ clients: { web: aClient() } }), kept).changes).toHaveLength(1);
  });

  test('does nothing about a client that is gone', () => {
    const kept: readonly PoolChange[] = [
      { at: { clientId: 'gone' }, property: 'ExplicitAuthFlows', after: [] },
    ];

    expect(undoOf(aState({}), kept)).toEqual({ changes: [], left: [] });
  });

  test('takes our function for ours, in whatever version it is called', () => {
    const LambdaArn = TRIGGERS.PreTokenGeneration;
    const property = 'LambdaConfig.PreTokenGenerationConfig';
    const kept: readonly PoolChange[] = [
      { at: 'pool', property, after: { LambdaArn, LambdaVersion: 'V1_0' } },
    ];
    const found = { LambdaArn, LambdaVersion: 'V3_0' };

    expect(undoIn({ PreTokenGenerationConfig: found }, kept).changes).toEqual([
      { at: 'pool', property, before: found, after: undefined },
    ]);
  });

  test('says that no attribute is verified before it changes, as saying nothing changes nothing', () => {
    const property = 'UserAttributeUpdateSettings';
    const after = { AttributesRequireVerificationBeforeUpdate: ['email'] };

    expect(undoOf(aState({}), [{ at: 'pool', property, after }]).changes).toEqual([
      { at: 'pool', property, before: after, after: { AttributesRequireVerificationBeforeUpdate: [] } },
    ]);
  });

  test('takes a function that it is told of for ours, whatever is kept', () => {
    const state = aState({ pool: aPool({ LambdaConfig: { DefineAuthChallenge: OURS } }) });
    const kept = [define(OTHER, `${OURS}-older`)];

    expect(undoOf(state, kept, TRIGGERS).changes).toEqual([define(OURS, OTHER)]);
    expect(undoOf(state, kept).left).toHaveLength(1);
  });

  test('empties the places where ours stand although nothing is kept', () => {
    const pool = aPool({
      LambdaConfig: { ...attachedTo(TRIGGERS, 'V2_0'), DefineAuthChallenge: OTHER, PreSignUp: OTHER },
    });
    const { changes, left } = undoOf(aState({ pool }), [], TRIGGERS);

    expect(changes.map(({ property, after }) => [property, after])).toEqual([
      ['LambdaConfig.CreateAuthChallenge', undefined],
      ['LambdaConfig.VerifyAuthChallengeResponse', undefined],
      ['LambdaConfig.PreTokenGeneration', undefined],
      ['LambdaConfig.PreTokenGenerationConfig', undefined],
    ]);
    expect(left).toEqual([]);
  });
});

describe('mergeChanges', () => {
  const NEWER = `${OURS}-newer`;
  const NEWEST = `${OURS}-newest`;

  test('keeps what was before the first of our changes', () => {
    const merged = mergeChanges([define(OTHER, OURS)], [define(OURS, NEWER)]);

    expect(merged).toEqual([{ ...define(OTHER, NEWER), earlier: [OURS] }]);
  });

  test('takes what somebody else has put there since', () => {
    const theirs = `${OTHER}-new`;
    const merged = mergeChanges([define(OTHER, OURS)], [define(theirs, OURS)]);

    expect(merged).toEqual([define(theirs, OURS)]);
    expect(undoIn({ DefineAuthChallenge: OURS }, merged).changes).toEqual([define(OURS, theirs)]);
  });

  test('is the same when it is done again', () => {
    const kept = [define(OTHER, OURS)];

    expect(mergeChanges(kept, kept)).toEqual(kept);
    expect(mergeChanges(kept, [])).toEqual(kept);
  });

  test('finds its way back over changes that were kept and never written', () => {
    const once = mergeChanges([define(OTHER, OURS)], [define(OURS, NEWER)]);

    expect(undoIn({ DefineAuthChallenge: OURS }, once).changes).toEqual([define(OURS, OTHER)]);
    const twice = mergeChanges(once, [define(OURS, NEWEST)]);
    for (const found of [OURS, NEWER, NEWEST]) {
      expect(undoIn({ DefineAuthChallenge: found }, twice).changes).toEqual([define(found, OTHER)]);
    }
  });

  test('forgets what was ours more than six changes ago', () => {
    const values = [...Array(9).keys()].map((index) => `${OURS}-${index}`);
    const kept = values.reduce<readonly PoolChange[]>(
      (before, value, index) => mergeChanges(before, [define(values[index - 1] ?? OTHER, value)]),
      [],
    );

    expect(kept).toEqual([{ ...define(OTHER, `${OURS}-8`), earlier: values.slice(2, 8).toReversed() }]);
  });

  test('keeps changes at other things apart', () => {
    const client: PoolChange = { at: { clientId: 'web' }, property: DEFINE, after: 1 };

    expect(mergeChanges([define(OTHER, OURS)], [client])).toEqual([define(OTHER, OURS), client]);
  });
});
