/**
 * Places a state machine's states: one lane straight down from start to end, and beside it a lane for the states that
 * catchers and choices lead to. The project's workflows have this form.
 */
import type { ShownDefinition, ShownState } from './execution.ts';
import { type LineRoute, PORT_STEP, routesOf, type StatePlace } from './graph-routes.ts';

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
  /** The corners of its line, from the one box to the other. */
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
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
const ROW_GAP = 30;
const MARGIN = 4;
/** Between two lines that run down beside each other, and from the outer ones to the boxes. */
const TRACK_STEP = 12;

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
const sideLane = (main: readonly StatePlace[], links: readonly Link[]): readonly StatePlace[] => {
  const places: StatePlace[] = [];
  const known = () => [...main, ...places];
  for (const { id, row } of known()) reach(id, row);
  return places;

  function reach(id: string, row: number): void {
    for (const { to, kind } of links.filter(({ from }) => from === id)) {
      if (known().some((place) => place.id === to)) continue;
      const free = Math.max(-1, ...places.map((place) => place.row)) + 1;
      const placed: StatePlace = { id: to, lane: 1, row: Math.max(free, kind === 'catch' ? row : row + 1) };
      places.push(placed);
      reach(to, placed.row);
    }
  }
};

/** How many lines run down in this gutter. */
const tracksIn = (gutter: number, routes: readonly LineRoute[]): number =>
  Math.max(
    0,
    ...routes.map((route) => (route.kind === 'gutter' && route.gutter === gutter ? route.track + 1 : 0)),
  );

const gutterWidth = (gutter: number, routes: readonly LineRoute[]): number => {
  const tracks = tracksIn(gutter, routes);
  return tracks === 0 ? (gutter === 1 ? TRACK_STEP : 0) : (tracks + 1) * TRACK_STEP;
};

/** The left edge of each gutter; gutter 0 is left of the first lane. */
const guttersOf = (routes: readonly LineRoute[]): readonly number[] => {
  const first = MARGIN;
  const second = first + gutterWidth(0, routes) + NODE_WIDTH;
  return [first, second, second + gutterWidth(1, routes) + NODE_WIDTH];
};

/** A row is as high as the lines that begin and end beside it need. */
const rowHeights = (places: readonly StatePlace[], routes: readonly LineRoute[]): readonly number[] => {
  const last = Math.max(...places.map(({ row }) => row));
  return Array.from({ length: last + 1 }, (_, row) => {
    const ports = Math.max(
      0,
      ...routes.flatMap((route) => route.ends.filter((end) => end.row === row).map(({ of }) => of)),
    );
    const isState = places.some((place) => place.row === row && kindOf(place.id) === 'state');
    return Math.max(isState ? NODE_HEIGHT : DOT_HEIGHT, (ports + 1) * PORT_STEP);
  });
};

const kindOf = (id: string): NodeKind => (id === START_NODE ? 'start' : id === END_NODE ? 'end' : 'state');

interface Grid {
  readonly gutters: readonly number[];
  readonly widths: readonly number[];
  readonly tops: readonly number[];
  readonly heights: readonly number[];
}

const gridOf = (places: readonly StatePlace[], routes: readonly LineRoute[]): Grid => {
  const heights = rowHeights(places, routes);
  const tops = heights.map((_, row) =>
    heights.slice(0, row).reduce((top, height) => top + height + ROW_GAP, MARGIN),
  );
  return {
    gutters: guttersOf(routes),
    widths: [0, 1, 2].map((gutter) => gutterWidth(gutter, routes)),
    tops,
    heights,
  };
};

const toNode = (
  { States }: ShownDefinition,
  { gutters, widths, tops, heights }: Grid,
  place: StatePlace,
): GraphNode => {
  const { id, lane, row } = place;
  const kind = kindOf(id);
  const width = kind === 'state' ? NODE_WIDTH : DOT_WIDTH;
  const left = (gutters[lane] ?? 0) + (widths[lane] ?? 0);
  const type = States[id]?.Type;
  return {
    id,
    kind,
    x: left + (NODE_WIDTH - width) / 2,
    y: tops[row] ?? 0,
    width,
    height: heights[row] ?? 0,
    ...(type !== undefined && { type }),
  };
};

const pointsOf = (
  route: LineRoute,
  { gutters, tops, heights }: Grid,
  from: GraphNode,
  to: GraphNode,
): readonly Point[] => {
  if (route.kind === 'down') {
    const x = from.x + from.width / 2;
    return [
      { x, y: from.y + from.height },
      { x, y: to.y },
    ];
  }
  const left = gutters[route.gutter] ?? 0;
  const heightOf = (end: LineRoute['ends'][number]) => {
    const middle = (tops[end.row] ?? 0) + (heights[end.row] ?? 0) / 2;
    return middle + (end.port - (end.of - 1) / 2) * PORT_STEP;
  };
  const sideOf = (node: GraphNode) => (node.x < left ? node.x + node.width : node.x);
  const [start, end] = route.ends.map(heightOf) as [number, number];
  const track = left + (route.track + 1) * TRACK_STEP;
  const bend =
    start === end
      ? []
      : [
          { x: track, y: start },
          { x: track, y: end },
        ];
  return [{ x: sideOf(from), y: start }, ...bend, { x: sideOf(to), y: end }];
};

export const layOut = (definition: ShownDefinition): Graph => {
  const links = linksOf(definition);
  const main = mainLane(links).map((id, row): StatePlace => ({ id, lane: 0, row }));
  const places = [...main, ...sideLane(main, links)];
  const reached = links.filter(({ from, to }) =>
    [from, to].every((id) => places.some((place) => place.id === id)),
  );
  const routes = routesOf(reached, places);
  const grid = gridOf(places, routes);
  const nodes = places.map((place) => toNode(definition, grid, place));
  const find = (id: string) => nodes.find((node) => node.id === id) as GraphNode;
  const edges = reached.map((link, index): GraphEdge => {
    const [from, to] = [find(link.from), find(link.to)];
    return { ...link, points: pointsOf(routes[index] as LineRoute, grid, from, to) };
  });
  const [, , outer = 0] = grid.gutters;
  return {
    nodes,
    edges,
    width: outer + (grid.widths[2] ?? 0) + MARGIN,
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
