import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Dashboard, dashboardOf } from '../../../local/engines/metrics/dashboard.ts';
import { AwsError } from '../../../local/ground/service.ts';
import { loadTemplate } from '../../../local/ground/template.ts';
import { STACK_NAME } from '../../../local/system.ts';
import {
  closeWhileSending,
  failToStartNotice,
  leaveMailUnanswered,
  makeEverythingHappen,
} from '../../support/sign-in/eventful/eventful-run.ts';
import { startTestSystem, stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';
import {
  deadMetrics,
  type Emitted,
  resourceNames,
  shownMetrics,
} from '../../support/system/shown-metrics.ts';

let systems: readonly TestSystem[] = [];
let dashboard: Dashboard;
let emitted: Emitted;

beforeAll(async () => {
  // With all that is off by default, so that its metrics are emitted too.
  const templateFolder = inject('longCodesTemplateFolder');
  const template = loadTemplate(templateFolder, STACK_NAME, 'http://127.0.0.1');
  dashboard = dashboardOf(template) ?? expect.unreachable('the template has no dashboard');
  const [eventful, slow] = await Promise.all([
    startTestSystem({ templateFolder }),
    startTestSystem({
      templateFolder,
      disturb: ({ caller, operation }) =>
        caller.includes('VerifyAuth') && operation.endsWith('.StartExecution')
          ? { kind: 'refused', error: new AwsError('ServiceUnavailable', 'down', 503) }
          : undefined,
    }),
  ]);
  systems = [eventful, slow];
  await failToStartNotice(slow);
  await closeWhileSending(slow);
  await Promise.all([makeEverythingHappen(eventful), leaveMailUnanswered(slow)]);
  emitted = {
    own: systems.flatMap(({ metrics }) => metrics.all()).filter(({ namespace }) => namespace === STACK_NAME),
    namespace: STACK_NAME,
    resources: resourceNames(template),
  };
});
afterAll(() => Promise.all(systems.map(stopTestSystem)));

describe('the dashboard and the alarms', () => {
  it('look at nothing that nobody emits, and leave out nothing that our functions emit', () => {
    const shown = shownMetrics(dashboard);

    expect(shown.length).toBeGreaterThan(100);
    expect(deadMetrics(shown, emitted)).toEqual({ neverEmitted: [], nowhereShown: [] });
  });

  it.each([
    ['a metric that nobody emits', ['EmailOtp', 'CodeLost', 'service', 'deliver-code']],
    ['a metric of another function', ['EmailOtp', 'CodeSent', 'service', 'record-feedback']],
    ['a metric without its dimension', ['EmailOtp', 'CodeSent']],
    [
      'a metric with a dimension too many',
      ['EmailOtp', 'CodeSent', 'service', 'deliver-code', 'reason', 'x'],
    ],
    ['a metric of another stack', ['EmailOtp2', 'CodeSent', 'service', 'deliver-code']],
    [
      'a metric that AWS does not emit',
      ['AWS/Lambda', 'Failures', 'FunctionName', 'DeliverCodeLambdaFunction'],
    ],
    ['a metric of a function that is not there', ['AWS/Lambda', 'Errors', 'FunctionName', 'SendMail']],
    ['an account’s metric of a function', ['AWS/SES', 'Send', 'FunctionName', 'DeliverCodeLambdaFunction']],
  ])('would be found out with %s', (_, metric) => {
    const widget = { type: 'metric', properties: { title: 'Tampered', metrics: [metric] } };
    const tampered = { ...dashboard, body: { widgets: [widget] }, alarms: [] };

    const { neverEmitted } = deadMetrics(shownMetrics(tampered), emitted);

    expect(neverEmitted).toEqual([expect.stringMatching(/^Tampered: /)]);
  });

  it('would be found out with an alarm for what nobody emits', () => {
    const [alarm = expect.unreachable()] = dashboard.alarms;
    const source = {
      kind: 'statistic',
      namespace: STACK_NAME,
      name: 'CodeLost',
      dimensions: {},
      stat: 'Sum',
      period: 60,
    } as const;
    const tampered = { ...dashboard, alarms: [{ ...alarm, queries: [{ label: 'lost', source }] }] };

    const { neverEmitted } = deadMetrics(shownMetrics(tampered), emitted);

    expect(neverEmitted).toEqual([`${alarm.name}: EmailOtp CodeLost`]);
  });

  it('would be found out without one of the widgets', () => {
    const others = shownMetrics(dashboard).filter(({ name }) => name !== 'ChallengeReused');

    expect(deadMetrics(others, emitted).nowhereShown).toEqual([
      'EmailOtp ChallengeReused service=create-auth-challenge',
    ]);
  });
});
