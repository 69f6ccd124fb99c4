import { describe, expect, test } from 'vitest';
import { detach } from '../../../../shared/pool/attachment.ts';
import { createKeeping } from '../../../support/pools/keeping.ts';
import {
  aClient,
  aPool,
  attachedTo,
  aWish,
  LATER,
  OTHER,
  OTHER_TRIGGERS,
  TRIGGERS,
} from '../../../support/pools/pools.ts';
import { createRecordedPool } from '../../../support/pools/recorded-pool.ts';

const OPEN = aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], AuthSessionValidity: 3 });
const POOL = aPool({
  LambdaConfig: { PreSignUp: OTHER, DefineAuthChallenge: OTHER },
  UserPoolTags: { 'aws:stack': 'a', team: 'b' },
});
const WISH = aWish({ close: ['web', 'web:session'], replace: ['DefineAuthChallenge'] });

const start = (pool = POOL) => {
  const recorded = createRecordedPool({ pool, clients: { web: OPEN, safe: aClient() } });
  return { ...recorded, ...createKeeping() };
};

describe('attach', () => {
  test('writes the pool, then the clients that change, each right after it was read again', async () => {
    const { api, calls, ...keeping } = start();
    const reading = ['describePool', 'describeMfa', 'clientIds', 'describeClient web', 'describeClient safe'];

    expect(await keeping.attach(api, WISH)).toMatchObject({ kind: 'done', already: false });
    expect(calls).toEqual([
      ...reading,
      ...['describeMfa', 'describePool', 'updatePool'],
      ...['describeClient web', 'updateClient web'],
      ...reading,
    ]);
  });

  test('leaves everything as it was, but for what the plan says', async () => {
    const { api, pool, client, ...keeping } = start();

    await keeping.attach(api, WISH);

    expect(pool()).toEqual({
      ...POOL,
      LambdaConfig: { PreSignUp: OTHER, ...attachedTo(TRIGGERS) },
      UserPoolTags: { team: 'b' },
    });
    expect(client('web')).toEqual({
      ...OPEN,
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AuthSessionValidity: 15,
    });
    expect(client('safe')).toEqual(aClient());
  });

  test('keeps what undoes it, and who was open', async () => {
    const { api, kept, tainted, ...keeping } = start();

    await keeping.attach(api, WISH);

    expect(kept()).toContainEqual({
      at: 'pool',
      property: 'LambdaConfig.DefineAuthChallenge',
      before: OTHER,
      after: TRIGGERS.DefineAuthChallenge,
    });
    expect(tainted()).toEqual(['web', 'safe']);
  });

  test('writes nothing the second time, and says so', async () => {
    const { api, calls, kept, ...keeping } = start();
    await keeping.attach(api, WISH);
    const before = { calls: calls.length, kept: kept() };

    expect(await keeping.attach(api, WISH)).toMatchObject({ kind: 'done', already: true, changes: [] });
    expect(calls.slice(before.calls).filter((call) => call.startsWith('update'))).toEqual([]);
    expect(kept()).toEqual(before.kept);
  });

  test('keeps who reports though there is nothing to write', async () => {
    const { api, tainted, calls, ...keeping } = start(aPool({ LambdaConfig: attachedTo(TRIGGERS) }));

    await keeping.attach(api, aWish({ reporting: { web: { until: LATER } } }));

    expect(tainted()).toEqual(['web']);
    expect(calls).toHaveLength(5);
  });

  test('writes and keeps nothing if it is refused', async () => {
    const { api, calls, kept, tainted, ...keeping } = start();
    const refused = await keeping.attach(api, aWish());

    expect(refused).toMatchObject({ kind: 'refused', refusals: { length: 2 } });
    expect([calls.length, kept(), tainted()]).toEqual([5, [], []]);
  });

  test('writes and keeps nothing if nobody agrees', async () => {
    const { api, calls, kept, tainted, ...keeping } = start();
    const asked: number[] = [];
    const declined = await keeping.attach(api, WISH, async ({ changes }) => {
      asked.push(changes.length);
      return false;
    });

    expect(declined).toMatchObject({ kind: 'declined' });
    expect(asked).toEqual([7]);
    expect([calls.length, kept(), tainted()]).toEqual([5, [], []]);
  });

  test('names what is not as it was expected afterwards', async () => {
    const recorded = createRecordedPool({ pool: POOL, clients: { web: OPEN } });
    const { api } = recorded.connect((_, name, when) => {
      if (name === 'updatePool' && when === 'after') recorded.changePool({ SmsAuthenticationMessage: 'b' });
      if (name === 'updateClient web' && when === 'after') recorded.changeClient('new', OPEN);
    });

    expect(await createKeeping().attach(api, WISH)).toMatchObject({
      kind: 'differs',
      differences: [
        { at: 'pool', property: 'SmsAuthenticationMessage' },
        { at: { clientId: 'new' }, property: 'client', found: 'there' },
      ],
    });
  });

  test('takes a refusal of two changes at once for what it is', async () => {
    const recorded = createRecordedPool({ pool: POOL, clients: { web: OPEN } });
    const { api } = recorded.connect((_, name) => {
      if (name !== 'updateClient web') return;
      throw Object.assign(new Error('busy'), { name: 'ConcurrentModificationException' });
    });

    expect(await createKeeping().attach(api, WISH)).toMatchObject({
      kind: 'changedMeanwhile',
      differences: [{ at: { clientId: 'web' } }],
      written: { length: 5 },
    });
  });

  test('throws every other error of the API', async () => {
    const recorded = createRecordedPool({ pool: POOL, clients: { web: OPEN } });
    const { api } = recorded.connect((_, name) => {
      if (name === 'updatePool') throw new Error('not allowed');
    });

    await expect(createKeeping().attach(api, WISH)).rejects.toThrow('not allowed');
  });
});

describe('detach', () => {
  test('gives back the pool, then the clients', async () => {
    const { api, calls, pool, client, ...keeping } = start(
      aPool({ LambdaConfig: { DefineAuthChallenge: OTHER } }),
    );
    const before = [pool(), client('web'), client('safe')];
    await keeping.attach(api, WISH);
    const start_ = calls.length;

    expect(await keeping.detach(api)).toMatchObject({ kind: 'done', already: false, left: [] });
    expect([pool(), client('web'), client('safe')]).toEqual(before);
    expect(calls.slice(start_).filter((call) => call.startsWith('update'))).toEqual([
      'updatePool',
      'updateClient web',
    ]);
    expect(await keeping.detach(api)).toMatchObject({ kind: 'done', already: true, changes: [], left: [] });
  });

  test('leaves all that others changed meanwhile, and names it where it was ours', async () => {
    const { api, pool, client, changePool, changeClient, ...keeping } = start();
    await keeping.attach(api, WISH);
    changePool({
      LambdaConfig: { ...attachedTo(OTHER_TRIGGERS), DefineAuthChallenge: TRIGGERS.DefineAuthChallenge },
      SmsAuthenticationMessage: 'theirs',
    });
    changeClient('web', { AuthSessionValidity: 10, CallbackURLs: ['https://example.com'] });

    const detached = await keeping.detach(api);

    expect(detached).toMatchObject({ kind: 'done', left: { length: 5 } });
    expect(pool()).toMatchObject({
      LambdaConfig: { ...attachedTo(OTHER_TRIGGERS), DefineAuthChallenge: OTHER },
      SmsAuthenticationMessage: 'theirs',
    });
    expect(client('web')).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      AuthSessionValidity: 10,
      CallbackURLs: ['https://example.com'],
    });
  });

  test('does without clients that are gone', async () => {
    const { api, changeClient, client, ...keeping } = start();
    await keeping.attach(api, WISH);
    changeClient('web', undefined);

    expect(await keeping.detach(api)).toMatchObject({ kind: 'done', left: [] });
    expect(client('web')).toBeUndefined();
  });

  test('empties our places if nothing is kept', async () => {
    const { api, pool, ...keeping } = start(aPool({ LambdaConfig: { PreSignUp: OTHER } }));
    await keeping.attach(api, WISH);

    await detach(api, [], TRIGGERS);

    expect(pool().LambdaConfig).toEqual({ PreSignUp: OTHER });
  });

  test('is refused rather than lose what is not known', async () => {
    const { api, changePool, calls, ...keeping } = start();
    await keeping.attach(api, WISH);
    changePool({ NewThing: 1 });
    const before = calls.length;

    expect(await keeping.detach(api)).toMatchObject({
      kind: 'refused',
      refusals: [expect.stringContaining('NewThing')],
    });
    expect(calls.slice(before).filter((call) => call.startsWith('update'))).toEqual([]);
  });
});
