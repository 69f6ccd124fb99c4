/**
 * Finds a way for each line of a graph, so that no two lines ever lie on each other. A line goes straight down to the next box
 * of its lane, or sideways into a gutter beside a lane, down or up there in a track of its own, and sideways to its end.
 */

export interface StatePlace {
  readonly id: string;
  /** 0 or 1, from the left. */
  readonly lane: number;
  readonly row: number;
}

/** An end of a line at the side of a box: the number of its port, from the top, among all that this gutter has in this row. */
export interface RouteEnd {
  readonly row: number;
  readonly port: number;
  readonly of: number;
}

/** Gutter 0 is left of the first lane, 1 between the two, 2 right of the second. Tracks are counted from the left. */
export type LineRoute =
  | { readonly kind: 'down'; readonly ends: readonly [] }
  | {
      readonly kind: 'gutter';
      readonly gutter: number;
      readonly track: number;
      readonly ends: readonly [RouteEnd, RouteEnd];
    };

/** Between two ports of a box, in the units of the drawing: as much as the head of an arrow is wide, and a bit. */
export const PORT_STEP = 12;

interface Line {
  readonly from: string;
  readonly to: string;
}

interface Way {
  readonly line: number;
  readonly gutter: number;
  readonly from: StatePlace;
  readonly to: StatePlace;
}

/** Whether the second box is the next below the first one in its lane. */
const isNextBelow = (from: StatePlace, to: StatePlace, places: readonly StatePlace[]): boolean =>
  from.lane === to.lane &&
  from.row < to.row &&
  !places.some(({ lane, row }) => lane === from.lane && row > from.row && row < to.row);

const gutterOf = (from: StatePlace, to: StatePlace): number => {
  if (from.lane !== to.lane) return 1;
  return from.lane === 0 ? 0 : 2;
};

/** Between two boxes of one row a line needs one port, because it goes straight across. */
const isAcross = ({ from, to }: Way): boolean => from.row === to.row && from.id !== to.id;

interface Port {
  readonly way: Way;
  readonly end: 'from' | 'to';
  /** Where the line comes from or goes to, by which the ports of a row are ordered: the fewer lines cross. */
  readonly toward: number;
}

const portsOf = (ways: readonly Way[], gutter: number, row: number): readonly Port[] =>
  ways
    .filter((way) => way.gutter === gutter)
    .flatMap((way): readonly Port[] => [
      ...(way.from.row === row ? [{ way, end: 'from', toward: way.to.row } as const] : []),
      ...(way.to.row === row && !isAcross(way) ? [{ way, end: 'to', toward: way.from.row } as const] : []),
    ])
    .toSorted((one, other) => one.toward - other.toward || one.way.line - other.way.line);

const endOf = (ways: readonly Way[], way: Way, end: Port['end']): RouteEnd => {
  const { row } = way[end];
  const ports = portsOf(ways, way.gutter, row);
  const wanted = isAcross(way) ? 'from' : end;
  return { row, of: ports.length, port: ports.findIndex((port) => port.way === way && port.end === wanted) };
};

interface Span {
  readonly way: Way;
  readonly ends: readonly [RouteEnd, RouteEnd];
  readonly top: number;
  readonly bottom: number;
}

/** Where an end is from the top: rows count, then the ports within a row. */
const depth = ({ row, port, of }: RouteEnd): number => row + (port + 1) / (of + 2);

const spanOf = (ways: readonly Way[], way: Way): Span => {
  const ends = [endOf(ways, way, 'from'), endOf(ways, way, 'to')] as const;
  const depths = ends.map(depth);
  return { way, ends, top: Math.min(...depths), bottom: Math.max(...depths) };
};

/** Gives each span the first track in which nothing else is beside it. Short spans come first, so that they stay near the boxes. */
const tracksOf = (spans: readonly Span[]): ReadonlyMap<Way, number> => {
  const tracks = new Map<Way, number>();
  const taken: Span[][] = [];
  const byLength = spans.toSorted((a, b) => a.bottom - a.top - (b.bottom - b.top));
  for (const span of byLength) {
    const isFree = (track: readonly Span[]) =>
      track.every(({ top, bottom }) => bottom < span.top || span.bottom < top);
    const found = taken.findIndex(isFree);
    const track = found === -1 ? taken.push([]) - 1 : found;
    taken[track]?.push(span);
    tracks.set(span.way, track);
  }
  return tracks;
};

/** Returns a route for each line, in their order. Throws if a line has an end without a place. */
export const routesOf = (lines: readonly Line[], places: readonly StatePlace[]): readonly LineRoute[] => {
  const placeOf = (id: string): StatePlace => {
    const place = places.find((one) => one.id === id);
    if (place === undefined) throw new Error(`${id} has no place`);
    return place;
  };
  const ways = lines.flatMap(({ from, to }, line): readonly Way[] => {
    const [start, end] = [placeOf(from), placeOf(to)];
    const isFirst = lines.findIndex((one) => one.from === from && one.to === to) === line;
    if (isFirst && isNextBelow(start, end, places)) return [];
    return [{ line, gutter: gutterOf(start, end), from: start, to: end }];
  });
  const spans = ways.map((way) => spanOf(ways, way));
  const tracks = new Map(
    [0, 1, 2].flatMap((gutter) => [...tracksOf(spans.filter(({ way }) => way.gutter === gutter))]),
  );
  return lines.map((_, line): LineRoute => {
    const span = spans.find(({ way }) => way.line === line);
    if (span === undefined) return { kind: 'down', ends: [] };
    const { way, ends } = span;
    return { kind: 'gutter', gutter: way.gutter, track: tracks.get(way) ?? 0, ends };
  });
};
