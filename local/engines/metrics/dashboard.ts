/** A CloudWatch dashboard as the template defines it. */
import type { JsonObject } from '../../ground/service.ts';
import type { Alarm } from './alarm.ts';

export interface Dashboard {
  readonly name: string;
  /** With every intrinsic function resolved. */
  readonly body: JsonObject;
  /** All of the template's, whether the dashboard shows them or not. */
  readonly alarms: readonly Alarm[];
}
