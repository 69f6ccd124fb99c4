import { describe, expect, it } from 'vitest';
import { type Explored, explore, type Judge, type Scenario } from './engine/explore.ts';
import type { Caller, Operation } from './engine/operation.ts';
import { sample } from './engine/sample.ts';
import { describeViolation } from './engine/words.ts';
import { anEmptyWorld } from './engine/world.ts';
import { TABLE_NAME } from './product/workflow.ts';

// The scheduler on operations so small that their orders can be counted by hand.

const keyOf = (name: string) => ({ pk: { S: 'USER#1' }, sk: { S: name } });

const call = (caller: Caller, operation: string, input: object, tries = 1) =>
  caller.call({ service: 'DynamoDB', operation, input: { TableName: TABLE_NAME, ...input }, tries });

/** Writes so many items of its own. */
const aWriter = (name: string, writes: number, tries = 1): Operation => ({
  name,
  run: async (caller) => {
    for (let n = 1; n <= writes; n += 1)
      await call(caller, 'PutItem', { Item: keyOf(`${name}-${n}`) }, tries);
    return { writes };
  },
});

/** Reads the counter and writes what is one more, as nobody should. */
const aCounter = (name: string): Operation => ({
  name,
  run: async (caller) => {
    const read = (await call(caller, 'GetItem', { Key: keyOf('counter') })) as {
      Item?: { n?: { N: string } };
    };
    const n = { N: String(Number(read.Item?.n?.N ?? 0) + 1) };
    await call(caller, 'PutItem', { Item: { ...keyOf('counter'), n } });
    return {};
  },
});

const counted: Judge = ({ world }) => {
  const [counter] = world.items.values();
  return counter?.n?.N === '2' ? [] : [`the counter is ${counter?.n?.N}`];
};

const exploreAll = (operations: readonly Operation[], changes: Partial<Scenario> = {}): Promise<Explored> =>
  explore({
    world: anEmptyWorld(0),
    operations,
    faults: 0,
    always: () => [],
    finally: () => [],
    ...changes,
  });

describe('all orders', () => {
  it('of two operations with three calls each are 6 over 3, with 4 times 4 states', async () => {
    const explored = await exploreAll([aWriter('a', 3), aWriter('b', 3)]);

    expect(explored).toMatchObject({ orders: 20, states: 16, ends: 1 });
  });

  it('of three operations with two calls each are 6!/2!2!2!', async () => {
    const explored = await exploreAll([aWriter('a', 2), aWriter('b', 2), aWriter('c', 2)]);

    expect(explored).toMatchObject({ orders: 90, states: 27 });
  });

  it('of one call are four with one fault: it works, fails, is lost, or is made again', async () => {
    const explored = await exploreAll([aWriter('a', 1, 2)], { faults: 1 });

    expect(explored.orders).toBe(4);
  });

  it('with two faults include a second try that goes wrong, too', async () => {
    const explored = await exploreAll([aWriter('a', 1, 2)], { faults: 2 });

    // Works, fails, is lost, and is made again: then it works, fails or is lost.
    expect(explored.orders).toBe(6);
  });

  it('are too many for a scenario that has no end in sight', async () => {
    const writers = ['a', 'b', 'c', 'd'].map((name) => aWriter(name, 9));

    await expect(
      explore(
        { world: anEmptyWorld(0), operations: writers, faults: 0, always: () => [], finally: () => [] },
        1000,
      ),
    ).rejects.toThrow('There are more than 1000 states');
  });
});

describe('an operation', () => {
  /** Explores one that makes three calls, and counts how often it was begun. */
  const begins = async (faults: number, prepare: (caller: Caller) => void = () => {}): Promise<number> => {
    const { run, ...writer } = aWriter('a', 3);
    let begun = 0;
    const counted = (caller: Caller) => {
      begun += 1;
      prepare(caller);
      return run(caller);
    };
    await exploreAll([{ ...writer, run: counted }], { faults });
    return begun;
  };

  it('is run once if each of its calls has one answer', async () => {
    expect(await begins(0)).toBe(1);
  });

  it('is run again for each further answer of a call', async () => {
    // Each of the three calls can also fail, or be done without an answer.
    expect(await begins(1)).toBe(1 + 3 * 2);
  });

  it('is run again for every answer if something of it would not wait', async () => {
    expect(await begins(0, (caller) => caller.onceOver(() => {}))).toBe(1 + 3);
  });
});

describe('a lost update', () => {
  it('is found by its shortest schedule, which is told in words', async () => {
    const { violation } = await exploreAll([aCounter('one'), aCounter('other')], { finally: counted });

    expect(violation === undefined ? '' : describeViolation(violation)).toBe(
      [
        'the counter is 1',
        'after 4 steps:',
        '  1. one: GetItem of counter',
        '  2. other: GetItem of counter',
        '  3. one: PutItem',
        '  4. other: PutItem',
        'what became of them:',
        '     one: {}',
        '     other: {}',
      ].join('\n'),
    );
  });

  it('is found by chance, too', async () => {
    const scenario = { world: anEmptyWorld(0), faults: 0, always: () => [], finally: counted };

    const { violation } = await sample(
      { ...scenario, operations: [aCounter('one'), aCounter('other')] },
      50,
      1,
    );

    expect(violation?.problems).toEqual(['the counter is 1']);
  });
});
