/**
 * Places a state machine's states: one lane straight down from start to end, and beside it a lane for the states that
 * catchers lead to. The project's workflows have this form.
 */
import type { ShownDefinition, ShownState } from './execution.ts';

export const START_NODE = '(start)';
export const END_NODE = '(end)';

export type NodeKind = 'start' | 'end' | 'state';

export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** The state's type in the definition. */
  readonly type?: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'catch';
  /** An SVG path. */
  readonly path: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly width: number;
  readonly height: number;
}

const NODE_WIDTH = 136;
const NODE_HEIGHT = 64;
const DOT_HEIGHT = 28;
const DOT_WIDTH = 64;
const LANE_GAP = 36;
const ROW_GAP = 30;
const MARGIN = 4;

interface Place {
  readonly id: string;
  readonly lane: number;
  readonly row: number;
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: GraphEdge['kind'];
}

const successors = (id: string, state: ShownState): readonly Link[] => {
  const next = [state.Next, state.Default, ...(state.Choices ?? []).map(({ Next }) => Next)];
  const caught = (state.Catch ?? []).map(({ Next }): Link => ({ from: id, to: Next, kind: 'catch' }));
  const links = [...new Set(next)]
    .filter((to) => to !== undefined)
    .map((to): Link => ({ from: id, to, kind: 'next' }));
  // Succeed and Fail end the execution themselves.
  const ends = state.End === true;
  return [...links, ...(ends ? [{ from: id, to: END_NODE, kind: 'next' } as const] : []), ...caught];
};

const linksOf = ({ StartAt, States }: ShownDefinition): readonly Link[] => [
  { from: START_NODE, to: StartAt, kind: 'next' },
  ...Object.entries(States).flatMap(([id, state]) => successors(id, state)),
];

/** Follows the first link of each state, from the start to an end. */
const mainLane = (links: readonly Link[]): readonly string[] => {
  const lane = [START_NODE];
  for (;;) {
    const next = links.find(
      ({ from, to, kind }) => from === lane.at(-1) && kind === 'next' && !lane.includes(to),
    );
    if (next === undefined) return lane;
    lane.push(next.to);
  }
};

/** Places all other states in the order in which they are reached, each beside or below the state that leads to it. */
const sideLane = (main: readonly Place[], links: readonly Link[]): readonly Place[] => {
  const places: Place[] = [];
  const known = () => [...main, ...places];
  for (const { id, row } of known()) reach(id, row);
  return places;

  function reach(id: string, row: number): void {
    for (const { to, kind } of links.filter(({ from }) => from === id)) {
      if (known().some((place) => place.id === to)) continue;
      const free = Math.max(-1, ...places.map((place) => place.row)) + 1;
      const placed: Place = { id: to, lane: 1, row: Math.max(free, kind === 'catch' ? row : row + 1) };
      places.push(placed);
      reach(to, placed.row);
    }
  }
};

const toNode = ({ States }: ShownDefinition, { id, lane, row }: Place): GraphNode => {
  const kind: NodeKind = id === START_NODE ? 'start' : id === END_NODE ? 'end' : 'state';
  const [width, height] = kind === 'state' ? [NODE_WIDTH, NODE_HEIGHT] : [DOT_WIDTH, DOT_HEIGHT];
  const left = MARGIN + lane * (NODE_WIDTH + LANE_GAP);
  const top = row === 0 ? MARGIN : MARGIN + DOT_HEIGHT + ROW_GAP + (row - 1) * (NODE_HEIGHT + ROW_GAP);
  const type = States[id]?.Type;
  return {
    id,
    kind,
    x: left + (NODE_WIDTH - width) / 2,
    y: top,
    width,
    height,
    ...(type !== undefined && { type }),
  };
};

const edgePath = (from: GraphNode, to: GraphNode): string => {
  const [fromX, toX] = [from.x + from.width / 2, to.x + to.width / 2];
  if (fromX === toX && to.y > from.y) return `M${fromX} ${from.y + from.height}V${to.y}`;
  const side = toX >= fromX ? 1 : -1;
  const start = { x: fromX + (side * from.width) / 2, y: from.y + from.height / 2 };
  const end = { x: toX - (side * to.width) / 2, y: to.y + to.height / 2 };
  const middle = start.x + (side * LANE_GAP) / 2;
  return start.y === end.y
    ? `M${start.x} ${start.y}H${end.x}`
    : `M${start.x} ${start.y}H${middle}V${end.y}H${end.x}`;
};

export const layOut = (definition: ShownDefinition): Graph => {
  const links = linksOf(definition);
  const main = mainLane(links).map((id, row): Place => ({ id, lane: 0, row }));
  const nodes = [...main, ...sideLane(main, links)].map((place) => toNode(definition, place));
  const find = (id: string) => nodes.find((node) => node.id === id);
  const edges = links.flatMap((link): GraphEdge[] => {
    const [from, to] = [find(link.from), find(link.to)];
    return from === undefined || to === undefined ? [] : [{ ...link, path: edgePath(from, to) }];
  });
  return {
    nodes,
    edges,
    width: Math.max(...nodes.map(({ x, width }) => x + width)) + MARGIN,
    height: Math.max(...nodes.map(({ y, height }) => y + height)) + MARGIN,
  };
};

/** Breaks the name between words into at most two lines. */
export const nameLines = (name: string, longest = 13): readonly string[] => {
  if (name.length <= longest) return [name];
  const words = name.split(/(?=[A-Z])/);
  let first = '';
  while (words.length > 1 && (first + words[0]).length <= longest) first += words.shift();
  return first === '' ? [name] : [first, words.join('')];
};
