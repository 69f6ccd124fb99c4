/** What the engines need to know of the template: its functions, state machines, user pools, and its dashboard. */
import { join } from 'node:path';
import type { PoolDefinition } from './engines/cognito/pool.ts';
import { type EventInvokeConfig, readEventInvokeConfig } from './engines/lambda/event-invoke-config.ts';
import type { LocalFunction } from './engines/lambda/local-function.ts';
import { readAlarm } from './engines/metrics/alarm.ts';
import type { Dashboard } from './engines/metrics/dashboard.ts';
import type { MachineDefinition } from './engines/step-functions/definition/machine.ts';
import type { JsonObject } from './ground/service.ts';
import type { Template } from './ground/template.ts';

export const functionsOf = (template: Template): readonly LocalFunction[] =>
  template.ofType('AWS::Lambda::Function').map(({ names, properties, metadata }) => {
    const { Variables = {} } = (properties.Environment ?? {}) as {
      readonly Variables?: Record<string, string>;
    };
    return {
      name: names.ref,
      arn: names.attributes.Arn ?? '',
      codeFolder: join(template.folder, String(metadata['aws:asset:path'])),
      handler: String(properties.Handler),
      environment: Variables,
      timeoutSeconds: Number(properties.Timeout),
      memoryMb: Number(properties.MemorySize),
    };
  });

export const eventInvokeConfigsOf = (template: Template): readonly EventInvokeConfig[] => {
  const queueArns = template.ofType('AWS::SQS::Queue').map(({ names }) => names.attributes.Arn ?? '');
  return template
    .ofType('AWS::Lambda::EventInvokeConfig')
    .map((resource) => readEventInvokeConfig(resource, queueArns));
};

export const machinesOf = (template: Template): readonly MachineDefinition[] =>
  template.ofType('AWS::StepFunctions::StateMachine').map(({ names, properties }) => {
    const substitutions = (properties.DefinitionSubstitutions ?? {}) as Readonly<Record<string, string>>;
    const definition = String(properties.DefinitionString).replace(
      /\$\{(\w+)\}/g,
      (placeholder, name: string) => substitutions[name] ?? placeholder,
    );
    return {
      arn: names.ref,
      name: names.attributes.Name ?? '',
      definition: JSON.parse(definition) as JsonObject,
      type: properties.StateMachineType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    };
  });

export const poolsOf = (template: Template): readonly PoolDefinition[] =>
  template.ofType('AWS::Cognito::UserPool').map(({ names, properties }) => ({
    poolId: names.ref,
    properties,
    clients: template
      .ofType('AWS::Cognito::UserPoolClient')
      .filter((client) => client.properties.UserPoolId === names.ref)
      .map((client) => ({ clientId: client.names.ref, properties: client.properties })),
  }));

/** The first one, with all alarms; undefined where the template has none. */
export const dashboardOf = (template: Template): Dashboard | undefined => {
  const [dashboard] = template.ofType('AWS::CloudWatch::Dashboard');
  return (
    dashboard && {
      name: String(dashboard.properties.DashboardName ?? dashboard.names.ref),
      body: JSON.parse(String(dashboard.properties.DashboardBody)) as JsonObject,
      alarms: template.ofType('AWS::CloudWatch::Alarm').map(readAlarm),
    }
  );
};
