/** The options of the command `attach`. */
import { usageError } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import { callOf } from '../../shared/command/place.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { PLACES, type TriggerPlace } from '../../shared/pool/places.ts';
import { readSource, SOURCE_OPTIONS, type Source } from '../common/source.ts';
import { POOL_OPTION, readPoolId, refuseSilence, UNDO_OPTION } from '../pool/options.ts';

/** `plan` shows what `attach` would do, `check` what is not as it was attached, `revoke` signs out everybody. */
export type AttachTask = 'attach' | 'plan' | 'check' | 'revoke';

export interface AttachOptions {
  readonly task: AttachTask;
  readonly close: readonly string[];
  readonly replace: readonly TriggerPlace[];
  readonly accept: readonly string[];
  /** In epoch milliseconds. Throws `CommandError` for a time in the past. Undefined if the option is missing. */
  readonly until: ((now: number) => number) | undefined;
  readonly json: boolean;
  readonly yes: boolean;
  readonly poolId: string | undefined;
  /** The path of the undo file; undefined for the usual one. */
  readonly undo: string | undefined;
  readonly source: Source;
}

export const ATTACH = {
  name: 'attach',
  synopsis: '--stack <name> [options]',
  summary:
    'sets the triggers of a user pool that exists, shows the ways around the code, and closes those that are named',
  options: {
    plan: { heading: 'What (without any of these: attach)', kind: 'flag', words: 'show it, write nothing' },
    check: { kind: 'flag', words: 'say what of the pool is not as it was attached' },
    revoke: {
      kind: 'flag',
      words: `sign out every user of the pool in all clients, once the clients that were open are closed;
their tokens from then on say that a code was given`,
    },
    close: {
      heading: 'How',
      kind: 'list',
      value: '<door>',
      words: 'close this way around the code: a name from the plan, or the id of a client; may be repeated',
    },
    until: {
      kind: 'text',
      value: '<date>',
      words: 'with --close <client>: when its users have to sign in again: a date such as 2027-03-01, or now',
    },
    replace: {
      kind: 'list',
      value: '<trigger>',
      words: "take the place of somebody else's trigger, for instance DefineAuthChallenge; may be repeated",
    },
    accept: {
      kind: 'list',
      value: '<door>',
      words:
        'leave this way open on purpose, besides those of the deployment; may be repeated, and has to be each time',
    },
    undo: UNDO_OPTION,
    yes: { kind: 'flag', words: 'do not ask' },
    json: {
      kind: 'flag',
      words: `one JSON document on the standard output, if it gets that far; a failure is a line on the
standard error and the exit code; with --plan, --check or --yes
(${callOf('attach', '--json').replace('npm run', 'npm run --silent')} …)`,
    },
    'pool-id': POOL_OPTION,
    ...SOURCE_OPTIONS,
  },
  exits: {
    done: 'attached, or nothing to do',
    notFound: 'no such user pool',
    refused:
      'nothing changed (a way around the code is open, declined, or somebody else is changing the pool)',
    drift: 'with --check: the pool differs from what was attached',
  },
} as const satisfies Usage;

const isPlace = (text: string): text is TriggerPlace => PLACES.some((place) => place === text);

const readPlace = (text: string): TriggerPlace => {
  if (isPlace(text)) return text;
  throw usageError(`--replace takes ${PLACES.join(', ')}, not "${text}"`);
};

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/;

const readUntil = (text: string): ((now: number) => number) => {
  if (text === 'now') return (now) => now;
  const at = DATE.test(text) ? Date.parse(text) : Number.NaN;
  // `Date` takes a day that its month does not have for one of the next month.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text.slice(0, 10))) {
    throw usageError(
      `--until takes a date such as 2027-03-01, a time such as 2027-03-01T12:00Z, or now, not "${text}"`,
    );
  }
  return (now) => {
    if (at > now) return at;
    throw usageError(`--until says ${text}, which is over; --until now ends those sessions at once`);
  };
};

type Values = ReturnType<typeof readValues<typeof ATTACH.options>>;

const taskOf = ({ plan, check, revoke }: Values): AttachTask => {
  const named = Object.entries({ plan, check, revoke }).flatMap(([name, given]) => (given ? [name] : []));
  if (named.length > 1) throw usageError(`--${named.join(' and --')} exclude each other`);
  return (named[0] ?? 'attach') as AttachTask;
};

/** Refuses options that would say nothing: whoever gives one expects something of it. */
const refuseUseless = (task: AttachTask, values: Values): void => {
  const ofAttaching = ['close', 'until', 'replace'] as const;
  const given = ofAttaching.find((name) => (values[name] ?? '').length > 0);
  if (given !== undefined && (task === 'check' || task === 'revoke')) {
    throw usageError(`--${given} is for attaching; it says nothing with --${task}`);
  }
  if (values.accept.length > 0 && task === 'revoke') {
    throw usageError('--accept says nothing with --revoke');
  }
  if (values.yes && (task === 'plan' || task === 'check')) {
    throw usageError(`--${task} asks nothing, so --yes says nothing about it`);
  }
  if (values.undo !== undefined && task === 'check') throw usageError('--check reads no undo file');
};

/** Throws `CommandError`. */
export const readAttachOptions = (args: readonly string[], canAsk: boolean): AttachOptions => {
  const values = readValues(ATTACH.options, args);
  const task = taskOf(values);
  refuseUseless(task, values);
  const { close, accept, json, yes, undo } = values;
  refuseSilence((task === 'attach' || task === 'revoke') && !yes, json, canAsk);
  return {
    task,
    close,
    replace: values.replace.map(readPlace),
    accept,
    until: values.until === undefined ? undefined : readUntil(values.until),
    json,
    yes,
    poolId: readPoolId(values['pool-id']),
    undo,
    source: readSource(values),
  };
};
