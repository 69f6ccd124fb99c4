import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ShownDefinition } from '../../../../../local/console/executions/execution.ts';
import {
  END_NODE,
  type Graph,
  layOut,
  nameLines,
  START_NODE,
} from '../../../../../local/console/executions/graph-layout.ts';

const OURS = JSON.parse(
  readFileSync(new URL('../../../../../infra/functions/delivery-workflow.asl.json', import.meta.url), 'utf8'),
) as ShownDefinition;

const place = ({ nodes }: Graph, id: string) => {
  const node = nodes.find((one) => one.id === id);
  if (node === undefined) throw new Error(`${id} is not drawn`);
  return { middle: node.x + node.width / 2, top: node.y };
};

test('draws every state of our workflow once, and its start and end', () => {
  const { nodes } = layOut(OURS);

  expect(nodes.map(({ id }) => id).toSorted()).toEqual(
    [START_NODE, END_NODE, ...Object.keys(OURS.States)].toSorted(),
  );
});

test('leads the main lane straight down, with notices, completed inputs and failures beside it in this order', () => {
  const graph = layOut(OURS);
  const places = (...ids: readonly string[]) => ids.map((id) => place(graph, id));
  const tops = (lane: readonly { readonly top: number }[]) => lane.map(({ top }) => top);
  const ascending = (numbers: readonly number[]) =>
    [...new Set(numbers)].toSorted((one, other) => one - other);

  const lane = places(START_NODE, 'WhichMail', 'GenerateAndSendCode', 'LogDelivery', END_NODE);
  const beside = places(
    ...['SendNotice', 'LogNotice', 'Refused', 'LeftToOwner', 'LogNoticeFailure', 'NoticeNotSent'],
    ...['WithoutHash', 'LogFailure', 'GiveBack', 'NotSent'],
  );
  expect(new Set(lane.map(({ middle }) => middle)).size).toBe(1);
  expect(tops(lane)).toEqual(ascending(tops(lane)));
  expect(beside.every(({ middle }) => middle > (lane[0]?.middle ?? 0))).toBe(true);
  expect(tops(beside)).toEqual(ascending(tops(beside)));
});

test('distinguishes a catcher from the normal way on', () => {
  const { edges } = layOut(OURS);

  expect(edges).toContainEqual(
    expect.objectContaining({ from: 'GenerateAndSendCode', to: 'LogFailure', kind: 'catch' }),
  );
  expect(edges).toContainEqual(
    expect.objectContaining({ from: 'GenerateAndSendCode', to: 'IsLogged', kind: 'next' }),
  );
  expect(edges.filter(({ from }) => from === 'NotSent')).toEqual([]);
});

test('never draws a box over another, and keeps all of them inside', () => {
  const branching: ShownDefinition = {
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ Next: 'B' }, { Next: 'C' }], Default: 'A' },
      A: { Type: 'Task', Next: 'B', Catch: [{ Next: 'Log' }] },
      B: { Type: 'Task', Next: 'A', Catch: [{ Next: 'Log' }] },
      C: { Type: 'Pass', End: true },
      Log: { Type: 'Pass', Next: 'Stop' },
      Stop: { Type: 'Fail' },
    },
  };

  const { nodes, width, height } = layOut(branching);

  expect(nodes.filter(({ kind }) => kind === 'state')).toHaveLength(6);
  for (const one of nodes) {
    expect(one.x + one.width).toBeLessThanOrEqual(width);
    expect(one.y + one.height).toBeLessThanOrEqual(height);
    for (const other of nodes.filter(({ id }) => id !== one.id)) {
      const apartX = one.x + one.width <= other.x || other.x + other.width <= one.x;
      const apartY = one.y + one.height <= other.y || other.y + other.height <= one.y;
      expect(apartX || apartY, `${one.id} and ${other.id}`).toBe(true);
    }
  }
});

test('cuts a long name where its words begin', () => {
  expect(nameLines('LogDelivery')).toEqual(['LogDelivery']);
  expect(nameLines('GenerateAndSendCode')).toEqual(['GenerateAnd', 'SendCode']);
  expect(nameLines('generateandsendcode')).toEqual(['generateandsendcode']);
});

interface Segment {
  readonly edge: number;
  /** `v` runs down at `at`, `h` across at `at`; from `low` to `high` in the other direction. */
  readonly runs: 'v' | 'h';
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

const segmentsOf = ({ edges }: Graph): readonly Segment[] =>
  edges.flatMap(({ points }, edge) =>
    points.slice(1).map((end, index): Segment => {
      const start = points[index] ?? end;
      const runs = start.x === end.x ? 'v' : 'h';
      const [one, other] = runs === 'v' ? [start.y, end.y] : [start.x, end.x];
      const low = Math.min(one, other);
      return { edge, runs, at: runs === 'v' ? start.x : start.y, low, high: Math.max(one, other) };
    }),
  );

/** The pairs of lines that lie on each other for a while. To cross is allowed. */
const merged = (graph: Graph): readonly string[] => {
  const segments = segmentsOf(graph);
  const name = ({ edge }: Segment) => `${graph.edges[edge]?.from} → ${graph.edges[edge]?.to}`;
  return segments.flatMap((one, index) =>
    segments
      .slice(index + 1)
      .filter((other) => other.edge !== one.edge && other.runs === one.runs && other.at === one.at)
      .filter((other) => other.low < one.high && one.low < other.high)
      .map((other) => `${name(one)} on ${name(other)}`),
  );
};

/** The lines that run through a box. */
const through = (graph: Graph): readonly string[] =>
  segmentsOf(graph).flatMap(({ edge, runs, at, low, high }) =>
    graph.nodes
      .filter(({ x, y, width, height }) => {
        const [from, to, start, end] =
          runs === 'v' ? [x, x + width, y, y + height] : [y, y + height, x, x + width];
        return at > from && at < to && low < end && start < high;
      })
      .map(({ id }) => `${graph.edges[edge]?.from} → ${graph.edges[edge]?.to} through ${id}`),
  );

const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const someName = fc.constantFrom(...names);

/** Any machine of up to eight states, whatever leads where. */
const someMachine: fc.Arbitrary<ShownDefinition> = fc
  .tuple(
    ...names.map(() =>
      fc.record({
        next: fc.option(someName, { nil: undefined }),
        choices: fc.array(someName, { maxLength: 3 }),
        caught: fc.array(someName, { maxLength: 3 }),
      }),
    ),
  )
  .map((states) => ({
    StartAt: 'A',
    States: Object.fromEntries(
      states.map(({ next, choices, caught }, index) => [
        names[index],
        {
          Type: 'Task',
          ...(next === undefined ? { End: true } : { Next: next }),
          Choices: choices.map((Next) => ({ Next })),
          Catch: caught.map((Next) => ({ Next })),
        },
      ]),
    ),
  }));

test('gives each line of our workflow a way of its own, beside the boxes', () => {
  const graph = layOut(OURS);

  expect(merged(graph)).toEqual([]);
  expect(through(graph)).toEqual([]);
});

test('gives each line a way of its own, whatever leads where', () => {
  fc.assert(
    fc.property(someMachine, (machine) => {
      const graph = layOut(machine);

      expect(merged(graph)).toEqual([]);
      expect(through(graph)).toEqual([]);
    }),
  );
});
