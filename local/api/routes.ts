/** The local system's own HTTP interface, for its pages and for tests. */
import type { Trail } from '../../shared/table/trail.ts';
import { DEMO_USER } from '../demo-user.ts';
import type { Dashboard } from '../engines/metrics/dashboard.ts';
import type { Metrics } from '../engines/metrics/metrics.ts';
import type { Inbox } from '../engines/ses/inbox.ts';
import type { MachineDefinition } from '../engines/step-functions/definition/machine.ts';
import type { Execution } from '../engines/step-functions/execution.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { FAULT_ROWS } from '../faults/fault-table.ts';
import { readFaults } from '../faults/faults.ts';
import type { Clock } from '../ground/clock.ts';
import { type HttpReply, type HttpRequest, parseJson, type Route } from '../ground/endpoint.ts';
import { AwsError } from '../ground/service.ts';
import { REGION, type Template } from '../ground/template.ts';
import { readChallenges } from './challenges.ts';
import type { Changes } from './changes.ts';
import { openEventStream } from './event-stream.ts';
import { readMetrics } from './metrics.ts';
import type { LocalAnswers, LocalPath } from './types.ts';

export interface LocalApiDependencies {
  readonly outputs: Template['outputs'];
  readonly inbox: Inbox;
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

type Headers = HttpRequest['headers'];

/** The query of a URL. Each route checks the values that it uses. */
type Query = Readonly<Record<string, string>>;

type Answers = {
  readonly [Path in LocalPath]: (
    query: Query,
    headers: Headers,
  ) => LocalAnswers[Path] | Promise<LocalAnswers[Path]>;
};

const answersOf = (deps: LocalApiDependencies): Answers => {
  const { outputs, inbox, machines, executions, trail, faults, clock, metrics, dashboard } = deps;
  return {
    // With the host name of the request, because localhost and 127.0.0.1 are two origins for a browser.
    'config.json': (_, { host }) => ({
      region: REGION,
      userPoolId: outputs.UserPoolId ?? '',
      userPoolClientId: outputs.UserPoolClientId ?? '',
      endpoint: `http://${host}`,
      demoUser: DEMO_USER,
    }),
    'inbox.json': () => inbox.all(),
    'executions.json': executions,
    'state-machines.json': () => machines.map(({ arn, name, definition }) => ({ arn, name, definition })),
    'challenges.json': (query) => readChallenges(trail, query),
    'clock.json': () => ({ now: clock.now(), rate: clock.settings().rate }),
    'faults.json': () => faults.current(),
    'fault-table.json': () => FAULT_ROWS,
    'dashboard.json': () => {
      if (dashboard !== undefined) return dashboard;
      throw new AwsError('ResourceNotFound', 'The template has no dashboard', 404);
    },
    'metrics.json': (query) => readMetrics(metrics.all(), query),
  };
};

const fresh = (contentType: string, body: HttpReply['body']): HttpReply => ({
  status: 200,
  headers: { 'content-type': contentType, 'cache-control': 'no-store' },
  body,
});

const json = (body: LocalAnswers[LocalPath]): HttpReply => fresh('application/json', JSON.stringify(body));

/** A mail's HTML may have its own styles, but must not load or run anything. */
const MAIL_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

const htmlPart = (inbox: Inbox, path: string): HttpReply | undefined => {
  const [, id = ''] = /^inbox\/([\w-]+)\.html$/.exec(path) ?? [];
  const mail = inbox.get(id);
  return (
    mail && {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': MAIL_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
      body: mail.html,
    }
  );
};

const isLocalPath = (path: string, answers: Answers): path is LocalPath => Object.hasOwn(answers, path);

/** Everything below `/_local/`. */
export const createLocalApi = (deps: LocalApiDependencies): Route => {
  const answers = answersOf(deps);
  const get = async (path: string, query: Query, headers: Headers): Promise<HttpReply | undefined> => {
    if (path === 'events') return fresh('text/event-stream', openEventStream(deps.changes));
    return isLocalPath(path, answers)
      ? json(await answers[path](query, headers))
      : htmlPart(deps.inbox, path);
  };
  return async ({ method, path: pathAndQuery, headers, body }) => {
    const [, path, query] = /^\/_local\/([^?]*)(?:\?(.*))?$/.exec(pathAndQuery) ?? [];
    if (path === undefined) return undefined;
    if (method === 'GET') return get(path, Object.fromEntries(new URLSearchParams(query)), headers);
    if (method === 'PUT' && path === 'faults.json') return json(deps.faults.set(readFaults(parseJson(body))));
    return undefined;
  };
};
