import { describe, expect, test } from 'vitest';
import type { Attached } from '../../../../shared/pool/attachment.ts';
import type { Wish } from '../../../../shared/pool/plan.ts';
import { createKeeping, type Keeping } from '../../../support/pools/keeping.ts';
import {
  aClient,
  aPool,
  attachedTo,
  aWish,
  OTHER,
  OTHER_TRIGGERS,
  TRIGGERS,
} from '../../../support/pools/pools.ts';
import { createRecordedPool } from '../../../support/pools/recorded-pool.ts';

// What others do to the pool while attach runs, at each of its calls.

const WEB = aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], CallbackURLs: ['https://example.com'] });
const POOL = aPool({ LambdaConfig: { PreSignUp: OTHER }, SmsAuthenticationMessage: 'as it was' });
const WISH = aWish({ close: ['web'] });
/** Of another deployment. */
const RIVAL = aWish({ close: ['web'], triggers: OTHER_TRIGGERS });

const start = () => createRecordedPool({ pool: POOL, clients: { web: WEB, safe: aClient() } });
type Recorded = ReturnType<typeof start>;

/** describePool, describeMfa, clientIds, two clients; then again what is written. */
const UPDATE_POOL = 7;
const UPDATE_WEB = 9;
const CALLS = 15;
const EACH_CALL = Array.from({ length: CALLS }, (_, call) => call);

const contentOf = ({ pool, client }: Recorded) => [pool(), client('web'), client('safe')];

const undo = async (recorded: Recorded, ...keepings: readonly Keeping[]) => {
  for (const keeping of keepings) await keeping.detach(recorded.api);
};

test('attach makes these calls', async () => {
  const { api, calls } = start();
  await createKeeping().attach(api, WISH);

  expect(calls).toHaveLength(CALLS);
  expect([calls[UPDATE_POOL], calls[UPDATE_WEB]]).toEqual(['updatePool', 'updateClient web']);
});

describe('a change of somebody else at any call', () => {
  const changing = async (call: number, change: (recorded: Recorded) => void) => {
    const recorded = start();
    const keeping = createKeeping();
    const { api } = recorded.connect((index, _, when) => {
      if (index === call && when === 'before') change(recorded);
    });
    const first = await keeping.attach(api, WISH);
    const second = await keeping.attach(recorded.api, WISH);
    return { recorded, keeping, first, second };
  };

  test.each(EACH_CALL.map((call) => [call]))(
    'to the pool (%i) is never lost, save between reading and writing',
    async (call) => {
      const theirs = { SmsAuthenticationMessage: 'theirs' };
      const { recorded, keeping, second } = await changing(call, ({ changePool }) => changePool(theirs));

      expect(second).toMatchObject({ kind: 'done' });
      expect(recorded.pool().LambdaConfig).toEqual({ PreSignUp: OTHER, ...attachedTo(TRIGGERS) });
      await undo(recorded, keeping);
      expect(contentOf(recorded)).toEqual([
        call === UPDATE_POOL ? POOL : { ...POOL, ...theirs },
        WEB,
        aClient(),
      ]);
    },
  );

  test.each(EACH_CALL.map((call) => [call]))(
    'to a client (%i) is never lost, save between reading and writing',
    async (call) => {
      const theirs = { CallbackURLs: ['https://other.example.com'] };
      const { recorded, keeping, second } = await changing(call, ({ changeClient }) =>
        changeClient('web', theirs),
      );

      expect(second).toMatchObject({ kind: 'done' });
      await undo(recorded, keeping);
      expect(contentOf(recorded)).toEqual([
        POOL,
        call === UPDATE_WEB ? WEB : { ...WEB, ...theirs },
        aClient(),
      ]);
    },
  );

  test('between the plan and the first writing is named, and nothing is written', async () => {
    const { recorded, first } = await changing(6, ({ changePool }) =>
      changePool({ SmsAuthenticationMessage: 'x' }),
    );

    expect(first).toMatchObject({
      kind: 'changedMeanwhile',
      written: [],
      differences: [{ property: 'SmsAuthenticationMessage' }, { property: 'LastModifiedDate' }],
    });
    expect(recorded.calls.filter((name) => name.startsWith('update'))).toHaveLength(2);
  });

  test('is seen by its date, though all is as it was', async () => {
    const { first } = await changing(6, ({ changePool }) => changePool({}));

    expect(first).toMatchObject({
      kind: 'changedMeanwhile',
      differences: [{ property: 'LastModifiedDate' }],
    });
  });

  test('to the factors alone is seen, too', async () => {
    const { first } = await changing(5, ({ setFactors }) =>
      setFactors({ SoftwareTokenMfaConfiguration: { Enabled: true } }),
    );

    expect(first).toMatchObject({
      kind: 'changedMeanwhile',
      written: [],
      differences: [{ property: 'GetUserPoolMfaConfig.SoftwareTokenMfaConfiguration' }],
    });
  });

  test('is none if only the number of users is another', async () => {
    const recorded = createRecordedPool({
      pool: { ...POOL, EstimatedNumberOfUsers: 1 },
      clients: { web: WEB },
    });
    const { api } = recorded.connect((index, _, when) => {
      if (index === 4 && when === 'before') recorded.setUsers(2);
    });

    expect(await createKeeping().attach(api, WISH)).toMatchObject({ kind: 'done', already: false });
  });

  test('that removes the client is named', async () => {
    const { first } = await changing(8, ({ changeClient }) => changeClient('web', undefined));

    expect(first).toMatchObject({
      kind: 'changedMeanwhile',
      written: { length: 5 },
      differences: [{ at: { clientId: 'web' }, property: 'client', found: undefined }],
    });
  });

  test('that does the same is as good as ours', async () => {
    const { first } = await changing(5, ({ changePool, changeClient }) => {
      changePool({ LambdaConfig: { PreSignUp: OTHER, ...attachedTo(TRIGGERS) } });
      changeClient('web', { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
    });

    expect(first).toMatchObject({ kind: 'done', already: true, changes: [] });
  });
});

/** The first runs to its call `k`, then the second to its call `m`, then the first to its end, then the second. */
const interleave = async (
  recorded: Recorded,
  [first, k, firstWish]: readonly [Keeping, number, Wish],
  [second, m, secondWish]: readonly [Keeping, number, Wish],
): Promise<readonly [Attached, Attached]> => {
  const firstEnded = Promise.withResolvers<void>();
  const secondWaits = Promise.withResolvers<void>();
  const running = { second: undefined as Promise<Attached> | undefined };
  const runSecond = (): Promise<Attached> => {
    const { api } = recorded.connect(async (index, _, when) => {
      if (index !== m || when !== 'before') return;
      secondWaits.resolve();
      await firstEnded.promise;
    });
    return second.attach(api, secondWish).finally(secondWaits.resolve);
  };
  const { api } = recorded.connect(async (index, _, when) => {
    if (index !== k || when !== 'before') return;
    running.second = runSecond();
    await secondWaits.promise;
  });
  const one = await first.attach(api, firstWish);
  firstEnded.resolve();
  return [one, await (running.second ?? runSecond())];
};

describe('two attaches at once', () => {
  test.each(EACH_CALL.map((call) => [call]))(
    'of one deployment, the first held at call %i, end as one',
    async (k) => {
      for (const m of EACH_CALL) {
        for (const shared of [true, false]) {
          const recorded = start();
          const first = createKeeping();
          const second = shared ? first : createKeeping();
          const ended = await interleave(recorded, [first, k, WISH], [second, m, WISH]);

          for (const { kind } of ended) expect(['done', 'changedMeanwhile']).toContain(kind);
          expect(ended.map(({ kind }) => kind)).toContain('done');
          expect(await first.attach(recorded.api, WISH)).toMatchObject({ kind: 'done', already: true });
          await undo(recorded, first, second);
          expect(contentOf(recorded)).toEqual([POOL, WEB, aClient()]);
        }
      }
    },
  );

  test.each(EACH_CALL.map((call) => [call]))(
    'of two deployments, the first held at call %i: one has all places',
    async (k) => {
      for (const m of EACH_CALL) {
        const recorded = start();
        const [first, second] = [createKeeping(), createKeeping()];
        const [one, two] = await interleave(recorded, [first, k, WISH], [second, m, RIVAL]);

        const { PreSignUp: _, ...places } = recorded.pool().LambdaConfig as Record<string, unknown>;
        const isFirst = JSON.stringify(places).includes(TRIGGERS.DefineAuthChallenge);
        expect(places).toEqual(attachedTo(isFirst ? TRIGGERS : OTHER_TRIGGERS));
        const [loser, heldAt] = isFirst ? [two, k] : [one, m];
        // Whoever is overwritten in the one moment that nobody can close may have ended before.
        if (heldAt !== UPDATE_POOL) expect(loser.kind).not.toBe('done');
        await undo(recorded, first, second);
        expect(contentOf(recorded)).toEqual([POOL, WEB, aClient()]);
      }
    },
  );
});
