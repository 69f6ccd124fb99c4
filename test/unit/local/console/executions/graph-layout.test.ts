import { readFileSync } from 'node:fs';
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

test('leads the main lane straight down, with the failure lane beside it', () => {
  const graph = layOut(OURS);

  const lane = [START_NODE, 'GenerateAndSendCode', 'LogDelivery', END_NODE].map((id) => place(graph, id));
  const failure = ['Refused', 'LeftToOwner', 'LogFailure', 'GiveBack', 'NotSent'].map((id) =>
    place(graph, id),
  );
  expect(new Set(lane.map(({ middle }) => middle)).size).toBe(1);
  expect(lane.map(({ top }) => top)).toEqual(
    lane.map(({ top }) => top).toSorted((one, other) => one - other),
  );
  expect(failure.every(({ middle }) => middle > (lane[0]?.middle ?? 0))).toBe(true);
  // The states that complete an input come before it in the same lane.
  expect(failure[0]?.top).toBeGreaterThan(place(graph, 'WithoutHash').top);
  expect(failure.map(({ top }) => top)).toEqual(
    [...new Set(failure.map(({ top }) => top))].toSorted((one, other) => one - other),
  );
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
