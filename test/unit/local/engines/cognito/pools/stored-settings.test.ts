import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  broughtTo,
  followTemplate,
  later,
  type StoredSettings,
} from '../../../../../../local/engines/cognito/pools/stored-settings.ts';
import type { JsonObject } from '../../../../../../local/ground/service.ts';

const properties = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 2 }), {
  noNullPrototype: true,
});

describe('a template that is followed', () => {
  test('wins where it has changed, and nowhere else', () => {
    fc.assert(
      fc.property(properties, properties, properties, (before, template, present) => {
        const followed = followTemplate(before, template, present);

        for (const name of ['a', 'b', 'c', 'd']) {
          const isChanged = before[name] !== template[name];
          expect(followed[name]).toBe(isChanged ? template[name] : present[name]);
        }
      }),
    );
  });

  test('takes away what it no longer has', () => {
    expect(followTemplate({ a: 1, b: 1 }, { b: 1 }, { a: 1, b: 2 })).toEqual({ b: 2 });
  });
});

describe('what is stored', () => {
  const start = (template: JsonObject) => {
    const take = (next: JsonObject, now = 1000) => {
      stored = broughtTo(stored, { id: 'pool', poolId: 'pool', template: next }, now);
      return stored;
    };
    let stored: StoredSettings | undefined;
    stored = take(template);
    const change = (write: Partial<StoredSettings>) => {
      stored = { ...(stored as StoredSettings), ...write };
    };
    return { take, change };
  };

  test('stays as it is under the same template, its times too', () => {
    const { take, change } = start({ a: 1 });
    change({ properties: { a: 2 }, modifiedAt: 5 });

    expect(take({ a: 1 }, 2000)).toMatchObject({ properties: { a: 2 }, createdAt: 1000, modifiedAt: 5 });
  });

  test('is not changed by the order of what the template has, or by what JSON leaves out', () => {
    const { take, change } = start({ a: 1, b: { c: 1, d: 2 } });
    change({ properties: { a: 2 } });

    expect(take({ b: { d: 2, c: 1 }, a: 1, e: undefined })).toMatchObject({ properties: { a: 2 } });
  });

  test('has a later time once the template changes it', () => {
    const { take } = start({ a: 1 });

    expect(take({ a: 2 }, 500)).toMatchObject({ properties: { a: 2 }, createdAt: 1000, modifiedAt: 1001 });
  });

  test('stays deleted until the template changes it, and is then as the template has it', () => {
    const { take, change } = start({ a: 1 });
    change({ properties: { a: 7 }, isDeleted: true });

    expect(take({ a: 1 })).toMatchObject({ isDeleted: true });
    const back = take({ a: 1, b: 1 });
    expect(back.properties).toEqual({ a: 1, b: 1 });
    expect(back.isDeleted).toBeUndefined();
  });

  test('keeps tags and unknown properties when the template changes', () => {
    const { take, change } = start({ a: 1 });
    const kept = { unknown: [{ path: 'New', value: 1 }], systemTags: { 'aws:a': '1' } };
    change(kept);

    expect(take({ a: 2 })).toMatchObject(kept);
  });
});

test('a later time is the present one, or the next millisecond', () => {
  expect(later(20, 10)).toBe(20);
  expect(later(10, 10)).toBe(11);
  expect(later(5, 10)).toBe(11);
});
