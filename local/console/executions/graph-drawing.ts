/** Draws a state machine, and in it the way that an execution took. Each state is a button, for pointer and keyboard. */

import { count } from '../../../shared/words/times.ts';
import { svg } from '../../../web/kit/element.ts';
import type { ShownMachine } from './execution.ts';
import { describeVisit, isEnding, retriesOf, took, type Visit } from './execution-path.ts';
import {
  END_NODE,
  type Graph,
  type GraphEdge,
  type GraphNode,
  layOut,
  nameLines,
  START_NODE,
} from './graph-layout.ts';

const LINE_HEIGHT = 16;
const DOT_RADIUS = 14;

export const lastVisit = (visits: readonly Visit[], state: string): Visit | undefined =>
  visits.findLast((visit) => visit.state === state);

/** The small print in a state's box. */
const smallPrint = ({ type }: GraphNode, visit: Visit | undefined): string => {
  if (visit === undefined) return '';
  if (isEnding(type)) return 'ended here';
  const retries = retriesOf(visit);
  const time = took(visit) ?? 'under way';
  return retries === 0 ? time : `${count(retries, 'retry', 'retries')}, ${time}`;
};

/** Which state is shown in detail, and what is done when somebody chooses another, or the same one again. */
export interface StateChoice {
  readonly chosen: string | undefined;
  choose(state: string): void;
}

/** Begins with what one sees in the box, for those who say it (WCAG 2.2, 2.5.3). */
const nameOf = (node: GraphNode, visit: Visit | undefined): string =>
  visit === undefined
    ? `${node.id}: not entered`
    : `${node.id} ${smallPrint(node, visit)}: ${describeVisit(visit, node.type)}`;

/** SVG has no buttons of its own. */
const asButton = (node: GraphNode, visit: Visit | undefined, { chosen, choose }: StateChoice) => ({
  role: 'button',
  tabindex: 0,
  'data-state': node.id,
  'aria-pressed': String(node.id === chosen),
  'aria-label': nameOf(node, visit),
  onclick: () => choose(node.id),
  onkeydown: (event: Event) => {
    if (![' ', 'Enter'].includes((event as KeyboardEvent).key)) return;
    event.preventDefault();
    choose(node.id);
  },
});

const drawState = (node: GraphNode, visit: Visit | undefined, choice: StateChoice): SVGGElement => {
  const lines = [...nameLines(node.id), smallPrint(node, visit)].filter((line) => line !== '');
  const middle = node.x + node.width / 2;
  const top = node.y + node.height / 2 - ((lines.length - 1) * LINE_HEIGHT) / 2 + 4.5;
  const small = visit === undefined ? -1 : lines.length - 1;
  return svg(
    'g',
    {
      class: 'node',
      'data-outcome': visit?.outcome ?? 'none',
      'data-type': node.type,
      ...asButton(node, visit, choice),
    },
    svg('rect', { x: node.x, y: node.y, width: node.width, height: node.height, rx: 8 }),
    ...lines.map((line, index) =>
      svg(
        'text',
        { x: middle, y: top + index * LINE_HEIGHT, class: index === small ? 'small-print' : 'name' },
        // The space is not seen; it parts the small print from the name for a screen reader.
        index === small ? ` ${line}` : line,
      ),
    ),
  );
};

const drawDot = (node: GraphNode, reached: boolean): SVGGElement =>
  svg(
    'g',
    { class: 'dot', 'data-reached': String(reached) },
    svg('rect', { x: node.x, y: node.y, width: node.width, height: node.height, rx: DOT_RADIUS }),
    svg(
      'text',
      { x: node.x + node.width / 2, y: node.y + node.height / 2 + 4.5 },
      node.kind === 'start' ? 'Start' : 'End',
    ),
  );

/** Returns true if the two ends of the edge were visited one after the other. */
const wasTaken = ({ from, to, kind }: GraphEdge, visits: readonly Visit[]): boolean => {
  if (from === START_NODE) return visits.length > 0;
  return visits.some((visit, index) => {
    if (visit.state !== from) return false;
    if (to === END_NODE) return visit.outcome === 'succeeded' && index === visits.length - 1;
    return visits[index + 1]?.state === to && (kind === 'catch') === (visit.outcome === 'caught');
  });
};

const drawEdge = (edge: GraphEdge, taken: boolean): SVGPathElement =>
  svg('path', {
    class: 'edge',
    d: edge.points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(''),
    'data-kind': edge.kind,
    'data-taken': String(taken),
    'marker-end': `url(#arrow${taken ? '-taken' : ''})`,
  });

const arrow = (id: string, className: string): SVGMarkerElement =>
  svg(
    'marker',
    {
      id,
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerWidth: 8,
      markerHeight: 8,
      orient: 'auto',
      markerUnits: 'userSpaceOnUse',
    },
    svg('path', { d: 'M0 0L8 4L0 8z', class: className }),
  );

const describe = ({ name, definition }: ShownMachine, visits: readonly Visit[]): string => {
  if (visits.length === 0) return `The states of ${name}; none was entered yet.`;
  const steps = visits.map(
    (visit) => `${visit.state} ${describeVisit(visit, definition.States[visit.state]?.Type)}`,
  );
  return `The way through ${name}: ${steps.join(', then ')}.`;
};

/** In pixels of the drawing; it grows with the text of the page. */
const PIXELS_PER_REM = 16;

export const drawGraph = (
  machine: ShownMachine,
  visits: readonly Visit[],
  choice: StateChoice,
): SVGSVGElement => {
  const graph: Graph = layOut(machine.definition);
  const ended = visits.at(-1)?.outcome === 'succeeded';
  const edges = graph.edges.map((edge) => ({ edge, taken: wasTaken(edge, visits) }));
  const drawing = svg(
    'svg',
    {
      class: 'graph',
      viewBox: `0 0 ${graph.width} ${graph.height}`,
      role: 'group',
      'aria-label': describe(machine, visits),
    },
    svg('defs', {}, arrow('arrow', 'head'), arrow('arrow-taken', 'head-taken')),
    // The way taken is drawn last, over the others.
    ...edges
      .toSorted((one, other) => Number(one.taken) - Number(other.taken))
      .map(({ edge, taken }) => drawEdge(edge, taken)),
    ...graph.nodes.map((node) =>
      node.kind === 'state'
        ? drawState(node, lastVisit(visits, node.id), choice)
        : drawDot(node, node.kind === 'start' ? visits.length > 0 : ended),
    ),
  );
  drawing.style.width = `${graph.width / PIXELS_PER_REM}rem`;
  return drawing;
};
