/**
 * A concurrent operation: one whole call of a trigger, one execution of the workflow, one run of the sweep. It is the real
 * code, stopped at each call of a dependency. What it does next depends on nothing but the answers that it has got. So it goes on
 * with the first answer that a call gets, and is run again from its start for each other one.
 */
import { webcrypto } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** A call of a dependency, at which the operation stops. */
export interface Call {
  readonly service: 'DynamoDB' | 'SES' | 'StepFunctions' | 'Lambda' | 'SecretsManager' | 'Clock';
  readonly operation: string;
  readonly input: object;
  /** How often the caller's SDK makes the call, at most. */
  readonly tries: number;
  /** Whether the caller's own answer reaches nobody, because whoever called it has given it up. */
  readonly isUnheard?: boolean;
}

/** What the call came back with. An error has the name that AWS's SDK gives it. */
export interface Answer {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The try that was answered. */
  readonly attempts: number;
  readonly value?: object;
  readonly error?: { readonly name: string; readonly message: string };
}

/** What an operation has of the world. */
export interface Caller {
  call(call: Call): Promise<object>;
  /** The time of the last answer. */
  now(): number;
  /**
   * Says that what comes now depends on this text alone, and not on the answers before: so it is at the begin of a function,
   * which remembers nothing.
   */
  forget(allBut: string): void;
  /**
   * A part of the operation whose outcome, JSON, depends on nothing but the key and the answers to its own calls. It is not
   * run again for the same ones.
   */
  once<T>(key: string, part: () => Promise<T>): Promise<T>;
  /** Calls back when the run has come as far as it can with its answers. What is still under way is of no use then. */
  onceOver(tidy: () => void): void;
}

export interface Operation {
  /** In words, for schedules. No two operations of a scenario have the same. */
  readonly name: string;
  /** Returns what became of it, as JSON. It has to do the same whenever it gets the same answers. */
  run(caller: Caller): Promise<unknown>;
}

/** Where an operation stands after some answers. */
export type Stop =
  /** `memory`: what is left of the first answers, and how many these are. */
  | { readonly kind: 'calls'; readonly call: Call; readonly memory: Memory }
  | { readonly kind: 'ended'; readonly outcome: unknown }
  | { readonly kind: 'failed'; readonly error: string };

export interface Memory {
  readonly text: string;
  readonly answers: number;
}

/** Whatever AWS has answered has a status; a call without an answer has none. */
const toError = ({ name, message }: NonNullable<Answer['error']>, attempts: number): Error => {
  const $metadata = { attempts, ...(name !== 'TimeoutError' && { httpStatusCode: 400 }) };
  return name === 'ConditionalCheckFailedException'
    ? new ConditionalCheckFailedException({ message, $metadata })
    : Object.assign(new Error(message), { name, $metadata });
};

/** Bytes that are the same for each replay, in the order in which the operation asks for them. */
const fixedBytes = (name: string) => {
  let asked = 0;
  return <T extends ArrayBufferView | null>(array: T): T => {
    if (array === null) return array;
    asked += 1;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const seed = Buffer.from(`${name} ${asked}`);
    for (const index of bytes.keys()) bytes[index] = (seed[index % seed.length] ?? 0) ^ index;
    // The last digit of an id decides its shard, so all challenges of a scenario are in one.
    bytes[bytes.length - 1] = 0;
    return array;
  };
};

/** Equal answers have the same number. */
export interface Numbered {
  readonly number: number;
  readonly answer: Answer;
}

/** The outcomes of parts of operations, by their keys, the time at which they began and the numbers of their answers. */
export type PartOutcomes = Map<string, { readonly outcome: unknown; readonly time: number }>;

/** An operation under way. */
export interface Run {
  /** Whether it can go on from where it stands. Otherwise it has to be run again from its start. */
  canGoOn(): boolean;
  /** Gives it more answers and returns where it comes to with them: at the first call that has none yet, or at its end. */
  goOn(more: readonly Numbered[]): Promise<Stop>;
}

const toReply = ({ attempts, value = {}, error }: Answer): Promise<object> =>
  error === undefined
    ? Promise.resolve({ ...value, $metadata: { attempts } })
    : Promise.reject(toError(error, attempts));

/** An operation that has not begun. It begins with the first answers, which may be none. */
export const createRun = ({ name, run }: Operation, startsAt: number, parts: PartOutcomes): Run => {
  const answers: Numbered[] = [];
  const tidyUps: (() => void)[] = [];
  const getRandomValues = fixedBytes(name);
  let time = startsAt;
  let made = 0;
  let memory: Memory = { text: '', answers: 0 };
  let stop: (stop: Stop) => void = () => {};
  let answerLast: ((answered: Numbered) => void) | undefined;

  const answer = ({ answer: given }: Numbered): Promise<object> => {
    time = given.at;
    return toReply(given);
  };

  const caller: Caller = {
    once: async <T>(key: string, part: () => Promise<T>): Promise<T> => {
      const from = made;
      const began = time;
      const keyAfter = (count: number) => {
        const numbers = answers.slice(from, from + count).map(({ number }) => number);
        return `${name} ${key} ${began} ${numbers.join()}`;
      };
      for (let count = 0; from + count <= answers.length; count += 1) {
        const known = parts.get(keyAfter(count));
        if (known === undefined) continue;
        made = from + count;
        time = known.time;
        return known.outcome as T;
      }
      const outcome = await part();
      parts.set(keyAfter(made - from), { outcome, time });
      return outcome;
    },
    onceOver: (tidy) => void tidyUps.push(tidy),
    now: () => time,
    forget: (text) => {
      memory = { text, answers: made };
    },
    call: (call) => {
      const answered = answers[made];
      made += 1;
      if (answered !== undefined) return answer(answered);
      stop({ kind: 'calls', call, memory });
      return new Promise((resolve) => {
        answerLast = (late) => resolve(answer(late));
      });
    },
  };

  const begin = () =>
    void run(caller).then(
      (outcome) => stop({ kind: 'ended', outcome }),
      (error: Error) => stop({ kind: 'failed', error: error.name }),
    );

  return {
    // What is tidied up has real timers, which would not wait.
    canGoOn: () => answerLast !== undefined && tidyUps.length === 0,
    goOn: async (more) => {
      answers.push(...more);
      const [next] = more;
      const goesOn = answerLast;
      answerLast = undefined;
      return inFixedWorld(
        getRandomValues,
        tidyUps,
        () =>
          new Promise<Stop>((stopped) => {
            stop = stopped;
            if (goesOn === undefined || next === undefined) begin();
            else goesOn(next);
          }),
      );
    },
  };
};

/** Plays a part of a run in which nothing is random and nobody reads the stacks of errors, which would be half of the work. */
const inFixedWorld = async (
  getRandomValues: typeof webcrypto.getRandomValues,
  tidyUps: readonly (() => void)[],
  play: () => Promise<Stop>,
): Promise<Stop> => {
  const { getRandomValues: random } = webcrypto;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  webcrypto.getRandomValues = getRandomValues;
  try {
    return await play();
  } finally {
    for (const tidy of tidyUps) tidy();
    webcrypto.getRandomValues = random;
    Error.stackTraceLimit = stackTraceLimit;
  }
};
