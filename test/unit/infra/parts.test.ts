import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { createParts, type PartsProps } from '../../../infra/parts.ts';
import { checkSettings } from '../../../infra/settings/settings.ts';
import { anApp } from '../../support/infra/templates.ts';

type ClientProps = Pick<PartsProps, 'reportingClients' | 'tracksClients'>;

/** The parts as they are without a pool: the variables of guard-tokens, and the dashboard as text. */
const synthesize = (clients: ClientProps) => {
  const stack = new Stack(anApp(), 'Shop', { env: { region: 'eu-central-1', account: '111122223333' } });
  createParts(stack, {
    settings: checkSettings({ emailSender: 'otp@example.com' }),
    encryptionKey: undefined,
    alarmTopic: undefined,
    sessionValiditySeconds: '900',
    preTokenGeneration: undefined,
    ...clients,
  });
  const template = Template.fromStack(stack);
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  const [, guard] = functions.find(([id]) => id.startsWith('GuardTokens')) ?? expect.unreachable();
  return {
    variables: Object.keys(guard.Properties.Environment.Variables).toSorted(),
    dashboard: JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard')),
  };
};

describe('clients that get tokens without a code', () => {
  it('are known to the guard, and shown on the dashboard', () => {
    const { variables, dashboard } = synthesize({
      reportingClients: { client1: { until: '2027-03-31T00:00:00.000Z' } },
    });

    expect(variables).toEqual(['METRICS_NAMESPACE', 'REPORTING_CLIENTS', 'TABLE_NAME', 'TRACKS_CLIENTS']);
    expect(dashboard).toContain('client1');
  });

  it('may have been there before, and then the guard reads what is kept of them', () => {
    expect(synthesize({ tracksClients: true }).variables).toContain('TRACKS_CLIENTS');
  });

  it('leave no trace where there are none', () => {
    const { variables, dashboard } = synthesize({});

    expect(variables).toEqual(['METRICS_NAMESPACE', 'TABLE_NAME']);
    expect(dashboard).not.toContain('TokensReported');
  });
});
