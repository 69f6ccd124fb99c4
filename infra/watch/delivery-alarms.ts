import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmDefinitions } from './alarm-definitions.ts';
import { OtpMetrics } from './otp-metrics.ts';
import { runbookAlarm } from './runbook-alarm.ts';
import type { Watched } from './watched.ts';

export interface DeliveryAlarmsProps extends Watched {
  /** Is told when an alarm goes off and when it is over. */
  readonly alarmTopic?: ITopic | undefined;
}

/** Says when users do not get their codes, or are about not to. Each alarm has a page in docs/runbooks. */
export class DeliveryAlarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { alarmTopic, ...watched }: DeliveryAlarmsProps) {
    super(scope, id);
    this.all = alarmDefinitions(new OtpMetrics(this), watched).map((definition) =>
      runbookAlarm(this, definition, alarmTopic),
    );
  }
}
