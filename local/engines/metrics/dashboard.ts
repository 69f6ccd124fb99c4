/** A CloudWatch dashboard as the template defines it. */
import type { JsonObject } from '../../ground/service.ts';
import type { Template } from '../../ground/template.ts';
import { type Alarm, readAlarm } from './alarm.ts';

export interface Dashboard {
  readonly name: string;
  /** With every intrinsic function resolved. */
  readonly body: JsonObject;
  /** All of the template's, whether the dashboard shows them or not. */
  readonly alarms: readonly Alarm[];
}

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
