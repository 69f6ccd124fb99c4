/** Both releases of every function side by side. For each call of a user's sign-in a change says which of them runs. */
import { serviceOf } from '../world/service-of.ts';
import { createThreadSandboxes, type ThreadSandboxes } from '../world/thread-sandboxes.ts';
import type { Change, Part, Release } from './change.ts';
import { oldEnvironment, oldFunction } from './old-release.ts';

export interface TwoReleases {
  readonly sandboxes: ThreadSandboxes;
  /** From now on the change decides for this user. Everybody else has the new release. */
  apply(userId: string, change: Change): void;
  /** How often the user's sign-in has called each part since. */
  callsOf(userId: string): ReadonlyMap<Part, number>;
  /** Which sweep runs. */
  sweepWith(release: Release): void;
}

interface Event {
  readonly userId?: string;
  readonly tags?: { readonly user?: readonly string[] };
  readonly request?: { readonly userAttributes?: { readonly sub?: string } };
}

/** The workflow's task names the user itself, SES's report in a tag, and Cognito in the attributes. */
const userIn = ({ userId, tags, request }: Event): string | undefined =>
  userId ?? tags?.user?.[0] ?? request?.userAttributes?.sub;

interface Progress {
  readonly change: Change;
  readonly calls: Map<Part, number>;
}

const sumOf = (calls: ReadonlyMap<Part, number>): number =>
  [...calls.values()].reduce((sum, count) => sum + count, 0);

/** @param oldWorkflowArn what an execution with the old definition is started by */
export const createTwoReleases = (oldWorkflowArn: string): TwoReleases => {
  const threads = new Map<string, ThreadSandboxes>();
  const people = new Map<string, Progress>();
  let sweep: Release = 'new';

  const threadsOf = (release: Release, workflow: Release): ThreadSandboxes => {
    const key = `${release} with the ${workflow} workflow`;
    const found = threads.get(key) ?? createThreadSandboxes();
    threads.set(key, found);
    return found;
  };
  const count = (userId: string, part: Part): Release => {
    const progress = people.get(userId);
    if (progress === undefined) return 'new';
    const { change, calls } = progress;
    const before = calls.get(part) ?? 0;
    const release = change.releaseOf({ part, before, beforeInAll: sumOf(calls) });
    calls.set(part, before + 1);
    return release;
  };
  /** The workflow that a call of create would start is chosen with it: the definition changes at once for new executions. */
  const chosen = (service: string, event: string): readonly [Release, Release] => {
    const userId = userIn(JSON.parse(event) as Event);
    if (userId === undefined) return [sweep, 'new'];
    const release = count(userId, service as Part);
    return [release, service === 'create-auth-challenge' ? count(userId, 'delivery-workflow') : 'new'];
  };

  const start: ThreadSandboxes['start'] = (fn, environment, clock, log) => {
    const sandboxOf = (release: Release, workflow: Release) => {
      const variables = {
        ...environment,
        ...(release === 'old' && oldEnvironment(fn)),
        ...(workflow === 'old' && { STATE_MACHINE_ARN: oldWorkflowArn }),
      };
      return threadsOf(release, workflow).start(
        release === 'old' ? oldFunction(fn) : fn,
        variables,
        clock,
        log,
      );
    };
    return {
      ...sandboxOf('new', 'new'),
      invoke: (event, requestId) => sandboxOf(...chosen(serviceOf(fn.name), event)).invoke(event, requestId),
    };
  };
  const all = () => [...threads.values()];
  return {
    sandboxes: {
      start,
      skew: (functionName, ms) => {
        for (const { skew } of all()) skew(functionName, ms);
      },
      slowCalls: (service) => all().reduce((sum, { slowCalls }) => sum + slowCalls(service), 0),
      gaveUp: (userId) => all().some(({ gaveUp }) => gaveUp(userId)),
      close: async () => void (await Promise.all(all().map(({ close }) => close()))),
    },
    apply: (userId, change) => void people.set(userId, { change, calls: new Map() }),
    callsOf: (userId) => people.get(userId)?.calls ?? new Map(),
    sweepWith: (release) => {
      sweep = release;
    },
  };
};
