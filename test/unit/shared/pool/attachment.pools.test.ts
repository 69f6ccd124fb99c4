import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChangeTarget, isAt, type PoolChange, withChanges } from '../../../../shared/pool/changes.ts';
import { isSame, type Json, jsonObject } from '../../../../shared/pool/json.ts';
import { PLACES } from '../../../../shared/pool/places.ts';
import { planAttach, type Wish } from '../../../../shared/pool/plan.ts';
import type { PoolApi } from '../../../../shared/pool/pool-api.ts';
import { readPoolState } from '../../../../shared/pool/pool-state.ts';
import type { Door } from '../../../../shared/pool/rules/doors.ts';
import { poolInput } from '../../../../shared/pool/rules/writable.ts';
import { createdPool } from '../../../support/pools/created-pool.ts';
import { expectedDoors } from '../../../support/pools/door-oracle.ts';
import { createKeeping } from '../../../support/pools/keeping.ts';
import { MEMORY_REGION } from '../../../support/pools/memory-cognito.ts';
import { aWish, LATER } from '../../../support/pools/pools.ts';
import { randomClients } from '../../../support/pools/random-clients.ts';
import { OURS, randomPool } from '../../../support/pools/random-pools.ts';
import { createRecordedPool } from '../../../support/pools/recorded-pool.ts';

// Random pools on a Cognito that resets what an update leaves out. A failure prints the seed and the path to it.

type Created = Awaited<ReturnType<typeof createdPool>>;

const CODE_SECONDS = 480;

const wishFor = (given: Partial<Wish>): Wish =>
  aWish({ triggers: OURS, region: MEMORY_REGION, codeSeconds: CODE_SECONDS, ...given });

/** What somebody may want who has read the doors: each is closed if it can be and the choice is so, and let be otherwise. */
const choose = (doors: readonly Door[], choices: readonly boolean[]): Partial<Wish> => {
  const isTaken = ({ id }: Door) => id.startsWith('taken:');
  const isClient = ({ id, at }: Door) => at !== 'pool' && at.clientId === id;
  const closing = doors.filter(
    (door, index) => !isTaken(door) && door.closes !== undefined && choices[index],
  );
  const others = doors.filter((door) => !closing.includes(door));
  return {
    close: closing.map(({ id }) => id),
    replace: PLACES.filter((place) => doors.some(({ id }) => id === `taken:${place}`)),
    accept: others.filter((door) => !isTaken(door) && !isClient(door)).map(({ id }) => id),
    reporting: Object.fromEntries(others.filter(isClient).map(({ id }) => [id, { until: LATER }])),
  };
};

/** What Cognito shows by two names, or only if it was said once. */
const plain = (properties: Json): Json => {
  const config = jsonObject(properties.LambdaConfig);
  const settings = jsonObject(properties.UserAttributeUpdateSettings);
  return {
    ...properties,
    ...(properties.LambdaConfig === undefined ? {} : { LambdaConfig: config }),
    ...(isSame(settings, {}) ? { UserAttributeUpdateSettings: {} } : {}),
  };
};

const changedBy = (content: Readonly<Record<string, Json>>, changes: readonly PoolChange[]) =>
  Object.fromEntries(
    Object.entries(content).map(([name, properties]) => {
      const at: ChangeTarget = name === 'pool' ? 'pool' : { clientId: name };
      const ofMfa = changes.filter(({ property }) => property === 'MfaConfiguration');
      const its = name === 'mfa' ? ofMfa : changes.filter((change) => isAt(change.at, at));
      return [name, plain(withChanges(properties, its, name === 'mfa' ? 'pool' : at))];
    }),
  );

const CHOICES = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 });

/** Attach, attach again and detach, and what has to hold after each. */
const comeAndGo = async (
  { content, updates }: Created,
  api: PoolApi,
  expected: readonly string[],
  choices: readonly boolean[],
) => {
  const before = await content();
  const keeping = createKeeping();
  const { doors, refusals } = planAttach(await readPoolState(api), wishFor({}));
  expect(doors.map(({ id }) => id)).toEqual(expected);
  expect(refusals).toHaveLength(doors.filter(({ blocks }) => blocks).length);

  const wish = wishFor(choose(doors, choices));
  expect(await keeping.attach(api, wish)).toMatchObject({ kind: 'done' });
  const after = await content();
  expect(changedBy(after, [])).toEqual(changedBy(before, keeping.kept()));

  const written = updates();
  expect(await keeping.attach(api, wish)).toMatchObject({ kind: 'done', already: true });
  expect(updates()).toBe(written);
  expect(await content()).toEqual(after);

  expect(await keeping.detach(api)).toMatchObject({ kind: 'done', left: [] });
  expect(changedBy(await content(), [])).toEqual(changedBy(before, []));
};

describe('attach names the doors, changes what its plan says and nothing else, once; detach gives the pool back', () => {
  test('a thousand times', async () => {
    await fc.assert(
      fc.asyncProperty(randomPool(randomClients), CHOICES, async (given, choices) => {
        const created = await createdPool(given);
        await comeAndGo(created, created.api, expectedDoors(given, created.clientIds, CODE_SECONDS), choices);
      }),
      { numRuns: 1000 },
    );
  });

  test('and with the SDK', async () => {
    await fc.assert(
      fc.asyncProperty(randomPool(randomClients), CHOICES, async (given, choices) => {
        const created = await createdPool(given);
        const expected = expectedDoors(given, created.clientIds, CODE_SECONDS);
        await comeAndGo(created, created.sdkApi(), expected, choices);
      }),
      { numRuns: 50 },
    );
  });
});

/** What somebody else puts in the place of ours. */
const theirs = (property: string): unknown => {
  if (property.endsWith('Config')) return { LambdaArn: 'theirs', LambdaVersion: 'V1_0' };
  return property.endsWith('Settings') ? { AttributesRequireVerificationBeforeUpdate: ['theirs'] } : 'theirs';
};

test('detach leaves what others changed meanwhile, whatever it is, and puts back all else', async () => {
  await fc.assert(
    fc.asyncProperty(randomPool(randomClients), CHOICES, CHOICES, async (given, choices, overwritten) => {
      const { pool = {}, mfa = {}, ...clients } = await (await createdPool(given)).content();
      const { PoolName: _, ...written } = poolInput(pool);
      const start = { ...pool, ...written }; // This Cognito keeps what it is told, and knows nothing by two names.
      const recorded = createRecordedPool({ pool: start, mfa, clients });
      const keeping = createKeeping();
      const { doors } = planAttach(await readPoolState(recorded.api), wishFor({}));
      await keeping.attach(recorded.api, wishFor(choose(doors, choices)));

      const isPair = (property: string) => property.includes('PreTokenGeneration');
      const lost = keeping
        .kept()
        .filter(({ property }, index) => overwritten[isPair(property) ? 0 : (index % 29) + 1]);
      const changes = lost.map(({ at, property }) => ({ at, property, after: theirs(property) }));
      recorded.changePool({
        ...withChanges(recorded.pool(), changes, 'pool'),
        SmsAuthenticationMessage: 'theirs',
      });
      for (const id of Object.keys(clients)) {
        recorded.changeClient(id, withChanges(recorded.client(id) ?? {}, changes, { clientId: id }));
      }

      const detached = await keeping.detach(recorded.api);

      expect(detached).toMatchObject({
        kind: 'done',
        left: lost.map(({ at, property }) => ({ at, property })),
      });
      const before = { pool: { ...start, SmsAuthenticationMessage: 'theirs' }, ...clients };
      const found = Object.fromEntries(Object.keys(clients).map((id) => [id, recorded.client(id) ?? {}]));
      for (const [name, properties] of Object.entries(changedBy(before, changes))) {
        expect(isSame(properties, name === 'pool' ? recorded.pool() : found[name])).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

/** Places in what is described that a newer AWS could put something into; a list has none in this Cognito. */
const objectsIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] => [
  path,
  ...Object.entries(jsonObject(value)).flatMap(([name, inner]) =>
    typeof inner !== 'object' || Array.isArray(inner) || name.includes('.') || FREE.includes(name)
      ? []
      : objectsIn(inner, [...path, name]),
  ),
];

/** Of another deployment, so that there is something to write. */
const NEWER = JSON.parse(JSON.stringify(OURS).replaceAll('otp-', 'newer-')) as typeof OURS;

/** Anybody may name the fields of these; the last one is not written. */
const FREE: readonly string[] = [
  'UserPoolTags',
  'AcrConfiguration',
  'UsernameConfiguration',
  'DcrConfiguration',
];

describe('what the SDK does not know', () => {
  const writes = [{ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], AuthSessionValidity: 15 }];
  const pools = randomPool(() => fc.constant(writes));

  test('of a pool is refused by name, at the top and in each object, and nothing is written', async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.nat(), async (given, pick) => {
        const { seams, poolId, sdkApi, content, updates } = await createdPool(given);
        const places = objectsIn((await content()).pool);
        const path = [...(places[pick % places.length] ?? []), 'NewThing'].join('.');
        seams.setUnknownProperty(poolId, path, { Mode: 'ON' });
        const before = await content();

        const wish = wishFor({ triggers: NEWER, replace: PLACES });
        const attached = await createKeeping().attach(sdkApi(), wish);

        expect(attached).toMatchObject({ kind: 'refused' });
        expect(JSON.stringify(attached)).toContain(`The pool's ${path} is not known here`);
        expect([await content(), updates()]).toEqual([before, 0]);
      }),
      { numRuns: 50 },
    );
  });

  test.each([['NewThing'], ['TokenValidityUnits.NewThing'], ['RefreshTokenRotation.NewThing']])(
    '%s of a client that would be written is refused by name',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(pools, async (given) => {
          const { seams, poolId, sdkApi, clientIds, updates } = await createdPool(given);
          const [clientId = ''] = clientIds;
          seams.setUnknownClientProperty(poolId, clientId, path, 'x');

          const { kind, plan } = await createKeeping().attach(sdkApi(), wishFor({ close: [clientId] }));

          expect([kind, updates()]).toEqual(['refused', 0]);
          expect(plan.refusals).toContainEqual(
            expect.stringContaining(`${path} of the client ${clientId} is not known here`),
          );
        }),
        { numRuns: 5 },
      );
    },
  );
});
