/** Reads the CloudWatch dashboard of the template. */
import type { JsonObject } from '../../ground/service.ts';
import type { Template } from '../../ground/template.ts';
import { type Alarm, readAlarm } from './alarm.ts';

export interface Dashboard {
  readonly name: string;
  /** The body with every intrinsic function resolved. */
  readonly body: JsonObject;
  /** All alarms of the template, also those that the dashboard does not show. */
  readonly alarms: readonly Alarm[];
}

/** Returns the first dashboard, with all alarms, or undefined if the template has none. */
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
