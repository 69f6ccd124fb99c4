/** The local system's own interface over invented data, one item of each kind. */
import { createChanges } from '../../../../local/api/changes.ts';
import { createLocalApi, type LocalApiDependencies, type ShownOtp } from '../../../../local/api/routes.ts';
import { DEMO_USER } from '../../../../local/demo-user.ts';
import type { Dashboard } from '../../../../local/engines/metrics/dashboard.ts';
import type { Metric } from '../../../../local/engines/metrics/metric.ts';
import type { InboxMail } from '../../../../local/engines/ses/inbox.ts';
import type { MachineDefinition } from '../../../../local/engines/step-functions/definition/machine.ts';
import type { Execution } from '../../../../local/engines/step-functions/execution.ts';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { createClock } from '../../../../local/ground/clock.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { NO_USER_RECORD } from '../../../../shared/domain/policy.ts';
import { SHIPPED } from '../../../support/mail/mail-settings.ts';
import { aChallenge, aChallengeId, DEFAULT_LIMITS } from '../../../support/table/challenges.ts';

export const METRIC: Metric = {
  namespace: 'EmailOtp',
  name: 'CodeSent',
  unit: 'Count',
  dimensions: { service: 'deliver-code' },
  points: [{ at: 60_000, count: 2, sum: 2, min: 1, max: 1, values: [{ value: 1, count: 2 }] }],
};

export const DASHBOARD: Dashboard = {
  name: 'Delivery',
  body: {
    widgets: [{ type: 'text', x: 0, y: 0, width: 24, height: 1, properties: { markdown: '# Delivery' } }],
  },
  alarms: [
    {
      name: 'NeverMailed',
      arn: 'arn:never-mailed',
      description: '[page] Nothing was mailed. Runbook: docs/runbooks/never-mailed.md',
      queries: [
        {
          label: 'CodeSent',
          source: {
            kind: 'statistic',
            namespace: METRIC.namespace,
            name: METRIC.name,
            dimensions: METRIC.dimensions,
            stat: 'Sum',
            period: 60,
          },
        },
      ],
      period: 60,
      threshold: 1,
      comparison: 'GreaterThanThreshold',
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: 'notBreaching',
    },
  ],
};

export const MAIL: InboxMail = {
  messageId: 'id-1',
  from: 'otp@example.com',
  to: ['alice@example.com'],
  subject: 'Your sign-in code',
  text: 'Your code:\n\n004217\n',
  html: '<p>004217</p>',
  headers: {},
  tags: {},
  receivedAt: '2025-01-15T12:00:00.000Z',
};

export const CHALLENGE = aChallenge();

export const MACHINE: MachineDefinition = {
  arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Delivery',
  name: 'Delivery',
  definition: { StartAt: 'Send', States: { Send: { Type: 'Task', End: true } } },
  type: 'EXPRESS',
};

export const EXECUTION: Execution = {
  executionArn: 'arn:aws:states:us-east-1:000000000000:express:Delivery:name:run-1',
  stateMachineArn: MACHINE.arn,
  name: `${aChallengeId(0)}-1`,
  status: 'SUCCEEDED',
  startedAt: 1_000,
  stoppedAt: 2_000,
  input: {},
  runs: 1,
  history: [
    { type: 'ExecutionStarted', at: 1_000 },
    { type: 'StateEntered', at: 1_000, state: 'Send' },
    { type: 'StateExited', at: 2_000, state: 'Send' },
  ],
};

async function* all(): AsyncGenerator<Challenge> {
  yield CHALLENGE;
}

export const SHOWN_OTP: ShownOtp = {
  id: 'Default',
  outputs: { UserPoolId: 'us-east-1_pool', UserPoolClientId: 'client' },
  trail: { ofEveryone: all, ofUser: all, find: async () => CHALLENGE, read: async () => CHALLENGE },
  dashboard: DASHBOARD,
  users: {
    users: { readUserRecord: async () => NO_USER_RECORD, unlock: async () => undefined },
    challenges: { note: async (_, __, fact) => fact },
    limits: DEFAULT_LIMITS,
  },
  mail: { settings: SHIPPED, sender: 'otp@example.com' },
};

export const aLocalApi = (changed: Partial<LocalApiDependencies> = {}) => {
  const faults = createFaultSwitches();
  const changes = createChanges();
  const route = createLocalApi({
    ready: () => true,
    region: 'us-east-1',
    otps: [SHOWN_OTP],
    demoUser: () => DEMO_USER,
    inbox: {
      accept: () => {},
      all: () => [MAIL],
      get: (id) => (id === MAIL.messageId ? MAIL : undefined),
      remove: (id) => id === MAIL.messageId,
    },
    machines: [MACHINE],
    executions: () => [EXECUTION],
    faults,
    clock: createClock(),
    metrics: { all: () => [METRIC] },
    changes,
    ...changed,
  });
  const ask = async (method: string, path: string, body = '') =>
    route({
      method,
      path,
      headers: { host: 'localhost:4566' },
      body: Buffer.from(body),
      requestId: 'request-1',
    });
  return { ask, faults, changes };
};
