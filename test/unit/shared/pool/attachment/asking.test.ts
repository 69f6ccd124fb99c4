import { describe, expect, test } from 'vitest';
import { createKeeping } from '../../../../support/pools/keeping.ts';
import { aClient, aPool, attachedTo, aWish, TRIGGERS } from '../../../../support/pools/pools.ts';
import { createRecordedPool } from '../../../../support/pools/recorded-pool.ts';

// What somebody else does while the question stands, and after it.

const OPEN = aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
const OPENED = { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] };

const start = () => ({
  ...createRecordedPool({ pool: aPool(), clients: { web: OPEN, safe: aClient() } }),
  keeping: createKeeping(),
});
type Started = ReturnType<typeof start>;

const WISH = aWish({ close: ['web'] });

const attachWhile = async (meanwhile: (started: Started) => void) => {
  const started = start();
  const attached = await started.keeping.attach(started.api, WISH, async () => {
    meanwhile(started);
    return true;
  });
  const updates = started.calls.filter((call) => call.startsWith('update'));
  return { ...started, attached, updates };
};

describe('while the question stands', () => {
  test.each<[string, (started: Started) => void, object]>([
    ['a client is opened', ({ changeClient }) => changeClient('safe', OPENED), { at: { clientId: 'safe' } }],
    ['an open client is made', ({ changeClient }) => changeClient('new', OPEN), { property: 'client' }],
    [
      'a client is opened and closed again',
      ({ changeClient }) => {
        changeClient('safe', OPENED);
        changeClient('safe', { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
        changeClient('safe', { ExplicitAuthFlows: aClient().ExplicitAuthFlows });
      },
      { at: { clientId: 'safe' }, property: 'LastModifiedDate' },
    ],
    ['a door opens', ({ changePool }) => changePool({ MfaConfiguration: 'OPTIONAL' }), { at: 'pool' }],
    [
      'a place is taken',
      ({ changePool }) => changePool({ LambdaConfig: { DefineAuthChallenge: 'arn:theirs' } }),
      { property: 'LambdaConfig.DefineAuthChallenge' },
    ],
    [
      'somebody begins with the same',
      ({ changePool }) => changePool({ LambdaConfig: { DefineAuthChallenge: TRIGGERS.DefineAuthChallenge } }),
      { property: 'LambdaConfig.DefineAuthChallenge' },
    ],
    ['something nobody knows comes', ({ changePool }) => changePool({ New: 1 }), { property: 'New' }],
  ])('%s: nothing is written or kept, and it is named', async (_, meanwhile, named) => {
    const { attached, updates, keeping } = await attachWhile(meanwhile);

    expect(attached).toMatchObject({
      kind: 'changedMeanwhile',
      written: [],
      differences: expect.arrayContaining([expect.objectContaining(named)]),
    });
    expect([updates, keeping.kept(), keeping.tainted()]).toEqual([[], [], []]);
  });

  test('what the plan is not about may change, and stays', async () => {
    const { attached, pool } = await attachWhile(({ changePool }) =>
      changePool({ UserPoolTags: { a: 'b' } }),
    );

    expect(attached).toMatchObject({ kind: 'done', already: false });
    expect(pool()).toMatchObject({ UserPoolTags: { a: 'b' }, LambdaConfig: attachedTo(TRIGGERS) });
  });
});

describe('a client that is opened', () => {
  const attachWithOpening = async (at: string, more: (started: Started) => void = () => undefined) => {
    const started = start();
    const { api } = started.connect((_, name, when) => {
      if (name !== at || when !== 'before') return;
      started.changeClient('safe', OPENED);
      more(started);
    });
    const attached = await started.keeping.attach(api, WISH);
    return { kind: attached.kind, tainted: started.keeping.tainted() };
  };

  test('during the writing is kept as tainted', async () => {
    expect(await attachWithOpening('updatePool')).toEqual({ kind: 'differs', tainted: ['web', 'safe'] });
  });

  test('is so, too, when somebody else changes what would be written', async () => {
    const change = ({ changeClient }: Started) => changeClient('web', { AuthSessionValidity: 10 });

    expect(await attachWithOpening('updatePool', change)).toEqual({
      kind: 'changedMeanwhile',
      tainted: ['web', 'safe'],
    });
  });
});
