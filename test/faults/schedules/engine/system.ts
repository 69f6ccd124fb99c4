/** The states of a scenario and the moves between them: which operation goes on, and what becomes of its call. */
import type { Item } from '../../../../shared/table/item.ts';
import { createInterned } from './interned.ts';
import type { Answer, Call, Operation } from './operation.ts';
import { createProgress, type Place } from './progress.ts';
import { carryOut, type Effect, isRead, isSolitary, type Started, touchedBy, type World } from './world.ts';

/**
 * What becomes of a call. `fails`: it has no effect in any try. `is repeated`: it is done, its answer is lost, and the SDK
 * makes it again. `is lost`: it is done, and its caller gets no answer. `is refused`: SES will not take the mail.
 */
export type Fate = 'works' | 'fails' | 'is repeated' | 'is lost' | 'is refused';

export interface Move {
  /** The place of the operation in the state's list. */
  readonly index: number;
  readonly fate: Fate;
}

/** Numbers alone, so that states are compared by a short text. */
export interface State {
  readonly world: number;
  /**
   * For each operation where it is (below zero if it has not begun), and how often its call was made already. For a wait,
   * this is the table as it was when the wait began.
   */
  readonly operations: readonly (readonly [place: number, made: number])[];
  /** How many calls may still go wrong. */
  readonly faults: number;
}

export interface Plan {
  readonly world: World;
  readonly operations: readonly Operation[];
  readonly faults: number;
  /** The operation that is started for the n-th time; without it, what is started is only written down. */
  readonly begin?: (started: Started, number: number) => Operation;
  /** Changes a call before it is done: a deliberate break of the table. */
  readonly distort?: (call: Call) => Call;
}

/** What an operation has come to, in the order of the scenario's operations and then of what was started. */
export interface Result {
  readonly name: string;
  readonly outcome?: unknown;
  readonly failed?: string;
}

export interface System {
  readonly initial: State;
  movesOf(state: State): Promise<readonly Move[]>;
  take(state: State, move: Move): Promise<State>;
  worldOf(state: State): World;
  resultsOf(state: State): readonly Result[];
  /** A text that is the same for states with the same world and results. */
  judgedBy(state: State): string;
  /** The operation that the move is of, its call and what came back. */
  describe(state: State, move: Move): Promise<Taken>;
  /** The number of places in operations that were found. */
  places(): number;
}

export interface Taken {
  readonly name: string;
  readonly fate: Fate;
  readonly call?: Call;
  readonly answer?: Effect['answer'];
}

/** Milliseconds within which a function that has begun ends: less than a lease, as the time limits have it. */
const FUNCTION_MS = 20_000;

const FAILURES = {
  fails: { name: 'InternalServerError', message: 'failed' },
  'is lost': { name: 'TimeoutError', message: 'no answer' },
  'is refused': { name: 'MessageRejected', message: 'refused' },
} as const;

/** SES's clean refusal: the mail was not taken, and it may be tried again. */
const THROTTLED = { name: 'TooManyRequestsException', message: 'throttled' };

const NOTHING: Effect['answer'] = {};

const errorOf = (fate: Fate, service: Call['service']): Answer['error'] => {
  if (fate === 'works' || fate === 'is repeated') return undefined;
  return fate === 'fails' && service === 'SES' ? THROTTLED : FAILURES[fate];
};

const faultsOf = ({ service, tries, ...call }: Call, made: number): readonly Fate[] => {
  if (service === 'Clock') return [];
  if (isRead({ service, tries, ...call })) return ['fails'];
  return [
    'fails',
    'is lost',
    ...(made + 1 < tries ? (['is repeated'] as const) : []),
    ...(service === 'SES' ? (['is refused'] as const) : []),
  ];
};

export const createSystem = (plan: Plan): System => {
  const progress = createProgress();
  const items = createInterned<Item>();
  const worlds = createInterned<World>((world) => keyOfWorld(world));
  const effects = new Map<
    string,
    { readonly answer: Effect['answer']; readonly written: readonly [string, Item][] }
  >();
  const carried = new Map<number, readonly [world: number, answer: Effect['answer']]>();
  const itemNumbers = new WeakMap<Item, number>();

  const numberOfItem = (item: Item): number => {
    const number = itemNumbers.get(item) ?? items.numberOf(item);
    itemNumbers.set(item, number);
    return number;
  };
  const tables = createInterned<string>((key) => key);
  const tableNumbers = new WeakMap<World['items'], number>();
  const tableOf = ({ items: stored }: World): number => {
    const known = tableNumbers.get(stored);
    if (known !== undefined) return known;
    const texts = [...stored].map(([key, item]) => `${key}=${numberOfItem(item)}`).sort();
    const number = tables.numberOf(texts.join());
    tableNumbers.set(stored, number);
    return number;
  };
  const keyOfWorld = (world: World): string =>
    `${tableOf(world)}|${JSON.stringify(world.mails)}|${JSON.stringify(world.started)}|${world.time}`;

  /** The table's part of the effect is found once for the same call on the same items. */
  const useTable = (world: World, number: number, call: Call): Effect => {
    const touched = touchedBy(world.items, call).map((item) =>
      item === undefined ? '-' : numberOfItem(item),
    );
    const key = `${number}:${touched.join()}`;
    const known = effects.get(key);
    if (known !== undefined) {
      const stored = known.written.length === 0 ? world.items : new Map([...world.items, ...known.written]);
      return { world: { ...world, items: stored }, answer: known.answer };
    }
    const effect = carryOut(world, plan.distort?.(call) ?? call, true);
    const written = [...effect.world.items].filter(([at, item]) => world.items.get(at) !== item);
    effects.set(key, { answer: effect.answer, written });
    return effect;
  };

  const effectOf = (
    world: number,
    number: number,
    answered: boolean,
  ): readonly [world: number, answer: Effect['answer']] => {
    const key = (world * 2 ** 20 + number) * 2 + Number(answered);
    const known = carried.get(key);
    if (known !== undefined) return known;
    const call = progress.callAt(number);
    const before = worlds.at(world);
    const effect =
      call.service === 'DynamoDB' ? useTable(before, number, call) : carryOut(before, call, answered);
    const after = [worlds.numberOf(effect.world), effect.answer] as const;
    carried.set(key, after);
    return after;
  };

  const answers = createInterned<string>((key) => key);
  const replies = new WeakMap<Effect['answer'], number>();
  const replyNumbers = createInterned<Effect['answer']>();
  /** `reply` is the part of the answer that is made once for each effect, so that it is read as a text only once. */
  const numberOfAnswer = ({ at, attempts, error }: Answer, reply: Effect['answer']): number => {
    const number = replies.get(reply) ?? replyNumbers.numberOf(reply);
    replies.set(reply, number);
    return answers.numberOf(`${number} ${at} ${attempts} ${error?.name}`);
  };

  const begun: Operation[] = [];
  const operationOf = (below: number): Operation => {
    const index = -1 - below;
    const operation = plan.operations[index] ?? begun[index - plan.operations.length];
    if (operation === undefined) throw new Error(`There is no operation ${index}`);
    return operation;
  };

  const startedNames = createInterned<string>();
  /** The numbers, below zero, of what was started and is not yet in the state. The n-th of the same input is another one. */
  const startedBy = (before: World, after: World): readonly number[] => {
    const { begin } = plan;
    if (begin === undefined) return [];
    const countOf = ({ started }: World, input: string) => started.filter((it) => it.input === input).length;
    return after.started
      .filter(({ input }, index, { [index - 1]: last }) => input !== last?.input)
      .filter(({ input }) => countOf(after, input) > countOf(before, input))
      .map((started) => {
        const operation = begin(started, countOf(after, started.input));
        const number = startedNames.numberOf(operation.name);
        begun[number] ??= operation;
        return -1 - plan.operations.length - number;
      });
  };

  const placeOf = ({ world }: State, place: number): number | Promise<number> =>
    place >= 0 ? place : progress.begin(operationOf(place), worlds.at(world).time);

  const hasEnded = (place: number): boolean => place >= 0 && progress.at(place).stop.kind !== 'calls';

  /** Whether the time may be this late: no function runs longer than it may, and nobody sleeps too long. */
  const mayBe = (state: State, until: number, longestMs: number): boolean =>
    state.operations.every(([place]) => {
      if (place < 0) return true;
      const { stop, since } = progress.at(place);
      if (stop.kind !== 'calls') return true;
      return stop.call.service === 'Clock' ? untilOf(stop.call) >= until : until - since <= longestMs;
    });

  /** A wait is over as soon as something has changed in the table: what it would be tried for before would fail again. */
  const isOver = (state: State, call: Call, tableBefore: number): boolean => {
    if (call.operation === 'passes') return mayBe(state, untilOf(call), FUNCTION_MS);
    return tableOf(worlds.at(state.world)) !== tableBefore || mayBe(state, untilOf(call), 0);
  };

  const fatesOf = (state: State, { stop }: Place, made: number): readonly Fate[] => {
    if (stop.kind !== 'calls') return [];
    const { call } = stop;
    if (call.service === 'Clock') return isOver(state, call, made) ? ['works'] : [];
    // An answer of Lambda can be lost only where the function that nobody waits for any more is played, too.
    const isSafe = state.faults === 0 || (call.service === 'Lambda' && plan.begin === undefined);
    return ['works', ...(isSafe ? [] : faultsOf(call, made))];
  };

  const movesOf = async (state: State): Promise<readonly Move[]> => {
    const moves: Move[] = [];
    for (const [index, [place, made]] of state.operations.entries()) {
      const found = placeOf(state, place);
      const here = progress.at(typeof found === 'number' ? found : await found);
      const own = fatesOf(state, here, made).map((fate) => ({ index, fate }));
      // Nobody notices when a call is made whose answer is always the same, so it is made at once.
      if (place >= 0 && here.stop.kind === 'calls' && isSolitary(here.stop.call)) return own;
      moves.push(...own);
    }
    return moves;
  };

  const take = async (state: State, { index, fate }: Move): Promise<State> => {
    const [from, made] = state.operations[index] ?? [0, 0];
    const before = worlds.at(state.world);
    const place = await placeOf(state, from);
    const { call = 0, stop } = progress.at(place);
    if (stop.kind !== 'calls') throw new Error('The operation has ended');
    const { service, operation, tries } = stop.call;
    const faults = fate === 'works' ? state.faults : state.faults - 1;
    const wakes = operation === 'wait' && tableOf(before) !== made;
    const isDone = !wakes && fate !== 'fails' && fate !== 'is refused';
    const [world, reply] = isDone ? effectOf(state.world, call, fate !== 'is lost') : [state.world, NOTHING];
    const after = worlds.at(world);
    const born = startedBy(before, after).map((number) => [number, 0] as const);
    const next = { ...state, world, faults, operations: [...state.operations, ...born] };
    if (fate === 'is repeated') return withOperation(next, index, [place, made + 1]);
    const error = errorOf(fate, service);
    const attempts = service === 'Clock' ? 1 : error === undefined ? made + 1 : tries;
    const answer = { at: after.time, attempts, ...(error === undefined ? reply : { error }) };
    const then = await progress.go(place, numberOfAnswer(answer, reply), answer);
    const { stop: stopped } = progress.at(then);
    const waits = stopped.kind === 'calls' && stopped.call.operation === 'wait';
    return withOperation(next, index, [then, waits ? tableOf(after) : 0]);
  };

  const resultsOf = ({ operations }: State): readonly Result[] =>
    operations.map(([place]): Result => {
      if (place < 0) return { name: operationOf(place).name };
      const { operation, stop } = progress.at(place);
      if (stop.kind === 'ended') return { name: operation.name, outcome: stop.outcome };
      return { name: operation.name, ...(stop.kind === 'failed' && { failed: stop.error }) };
    });

  return {
    initial: {
      world: worlds.numberOf(plan.world),
      operations: plan.operations.map((_, index) => [-1 - index, 0]),
      faults: plan.faults,
    },
    movesOf,
    take,
    resultsOf,
    worldOf: ({ world }) => worlds.at(world),
    judgedBy: ({ world, operations }) =>
      `${world} ${operations.map(([place]) => (hasEnded(place) ? place : '-')).join()}`,
    describe: async (state, { index, fate }) => {
      const [from = 0] = state.operations[index] ?? [];
      const { operation, stop, call = 0 } = progress.at(await placeOf(state, from));
      if (stop.kind !== 'calls') return { name: operation.name, fate };
      const answer = fate === 'works' ? { answer: effectOf(state.world, call, true)[1] } : {};
      return { name: operation.name, fate, call: stop.call, ...answer };
    },
    places: () => progress.size(),
  };
};

const untilOf = ({ input }: Call): number => (input as { readonly until: number }).until;

const withOperation = (state: State, index: number, entry: readonly [number, number]): State => ({
  ...state,
  operations: state.operations.with(index, entry),
});

/** The text by which two states are the same. */
export const keyOf = ({ world, operations, faults }: State): string =>
  `${world};${operations.map(([place, made]) => `${place}.${made}`).join()};${faults}`;
