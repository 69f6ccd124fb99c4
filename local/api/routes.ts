/** The local system's own HTTP interface, for its pages and for tests: what it is, what it does, what goes wrong. */
import type { Trail } from '../../shared/table/trail.ts';
import { DEMO_USER } from '../demo-user.ts';
import type { Dashboard } from '../engines/metrics/dashboard.ts';
import type { Metrics } from '../engines/metrics/metrics.ts';
import type { MachineDefinition } from '../engines/step-functions/definition/machine.ts';
import type { Execution } from '../engines/step-functions/execution.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { readFaults } from '../faults/faults.ts';
import type { Clock } from '../ground/clock.ts';
import { type HttpReply, type HttpRequest, parseJson, type Route } from '../ground/endpoint.ts';
import { AwsError } from '../ground/service.ts';
import { REGION, type Template } from '../ground/template.ts';
import { readChallenges } from './challenges.ts';
import type { Changes } from './changes.ts';
import { openEventStream } from './event-stream.ts';
import { readMetrics } from './metrics.ts';

export interface LocalApiDependencies {
  readonly outputs: Template['outputs'];
  readonly machines: readonly MachineDefinition[];
  /** Oldest first. */
  readonly executions: () => readonly Execution[];
  readonly trail: Trail;
  readonly faults: FaultSwitches;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'all'>;
  readonly dashboard: Dashboard | undefined;
  readonly changes: Changes;
}

type Answer = (request: HttpRequest) => Promise<HttpReply> | HttpReply;

const json = (body: unknown): HttpReply => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

const eventStream = (changes: Changes): HttpReply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  body: openEventStream(changes),
});

/** Method and path to answer; everything is below `/_local/`. */
const answersOf = (deps: LocalApiDependencies): Readonly<Record<string, Answer>> => {
  const { outputs, machines, executions, trail, faults, clock, metrics, dashboard, changes } = deps;
  return {
    // The same names as for a deployed pool, which has no `endpoint`. Under the caller's own name for this host, because
    // to a browser localhost and 127.0.0.1 are two origins.
    'GET /_local/config.json': ({ headers }) =>
      json({
        region: REGION,
        userPoolId: outputs.UserPoolId,
        userPoolClientId: outputs.UserPoolClientId,
        endpoint: `http://${headers.host}`,
        demoUser: DEMO_USER,
      }),
    'GET /_local/executions.json': () => json(executions()),
    'GET /_local/state-machines.json': () =>
      json(machines.map(({ arn, name, definition }) => ({ arn, name, definition }))),
    'GET /_local/challenges.json': async ({ path }) => json(await readChallenges(trail, path)),
    'GET /_local/clock.json': () => json({ now: clock.now(), rate: clock.settings().rate }),
    'GET /_local/faults.json': () => json(faults.current()),
    'PUT /_local/faults.json': ({ body }) => json(faults.set(readFaults(parseJson(body)))),
    'GET /_local/metrics.json': ({ path }) => json(readMetrics(metrics.all(), path)),
    'GET /_local/dashboard.json': () => {
      if (dashboard === undefined)
        throw new AwsError('ResourceNotFound', 'The template has no dashboard', 404);
      return json(dashboard);
    },
    'GET /_local/events': () => eventStream(changes),
  };
};

export const createLocalApi = (deps: LocalApiDependencies): Route => {
  const answers = answersOf(deps);
  return (request) => {
    const key = `${request.method} ${request.path.split('?')[0]}`;
    return Object.hasOwn(answers, key) ? answers[key]?.(request) : undefined;
  };
};
