import { Duration, Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ReportingClients } from '../../shared/clients/reporting-clients.ts';
import { reportRows } from '../report/report-alarms.ts';
import { uniqueName } from '../unique-name.ts';
import { type DashboardRow, widgetsOf } from './dashboard-row.ts';
import { deliveryRows, reportingRows } from './dashboard-rows.ts';
import { serviceRows } from './dashboard-service-rows.ts';
import { OtpMetrics } from './otp-metrics.ts';
import type { Watched } from './watched.ts';

export interface DeliveryDashboardProps extends Watched {
  readonly alarms: readonly IAlarm[];
  /** The clients that get tokens without a code until a time; without any, the dashboard has no row for them. */
  readonly reportingClients?: ReportingClients | undefined;
}

/** With a hyphen and the longest name of a region, such as `ap-southeast-2`, these are 64 characters. */
const MAX_LENGTH_WITHOUT_REGION = 49;

const alarmRow = (alarms: readonly IAlarm[]): DashboardRow => ({
  title: 'Alarms',
  reading:
    "What is red has a page in `docs/runbooks/` that says what it means for users and what to do; the alarm's description " +
    'names it. **page**: act now. **ticket**: within a working day.',
  widgets: [(width) => new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width, height: 4 })],
});

/** The dashboard of the delivery of codes, from what users notice down to what explains it. */
export class DeliveryDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: DeliveryDashboardProps) {
    super(scope, id);
    const { alarms, reportingClients = {}, ...watched } = props;
    const otp = new OtpMetrics(this);
    const rows = [
      ...deliveryRows(otp),
      ...reportingRows(otp, reportingClients),
      ...reportRows(otp, watched),
      ...serviceRows(otp, watched),
    ];
    this.dashboard = new Dashboard(this, 'Dashboard', {
      // Dashboard names are shared by all regions of an account.
      dashboardName: `${uniqueName(this, '', MAX_LENGTH_WITHOUT_REGION)}-${Stack.of(this).region}`,
      defaultInterval: Duration.hours(3),
      widgets: widgetsOf([alarmRow(alarms), ...rows]),
    });
  }
}
