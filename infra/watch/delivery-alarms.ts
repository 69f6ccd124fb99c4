import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmDefinitions } from './alarm-definitions.ts';
import { OtpMetrics } from './otp-metrics.ts';
import { runbookAlarm } from './runbook-alarm.ts';
import type { Watched } from './watched.ts';

export interface DeliveryAlarmsProps extends Watched {
  /** This topic gets a message when an alarm starts and when it ends. */
  readonly alarmTopic?: ITopic | undefined;
}

/** The alarms for when users do not get their codes, or soon may not. Each alarm has a page in docs/runbooks. */
export class DeliveryAlarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { alarmTopic, ...watched }: DeliveryAlarmsProps) {
    super(scope, id);
    this.all = alarmDefinitions(new OtpMetrics(this), watched).map((definition) =>
      runbookAlarm(this, definition, alarmTopic),
    );
  }
}
