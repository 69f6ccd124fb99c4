/** The alarms for reports "this was not me", and their row of the dashboard. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { REPORT_KINDS, type ReportKind } from '../../shared/domain/challenge.ts';
import { type DashboardRow, graph, totals } from '../watch/dashboard-row.ts';
import { type OtpMetrics, sumOf } from '../watch/otp-metrics.ts';
import type { AlarmDefinition } from '../watch/runbook-alarm.ts';
import type { Watched } from '../watch/watched.ts';

/** Metrics from logs arrive late, so a period that was first judged without them must still count. */
const ANY = { breaching: 1, of: 3 };

const EARLIER: readonly ReportKind[] = REPORT_KINDS.filter((kind) => kind !== 'tooLate');

/** None if mails have no link. */
export const reportAlarms = (otp: OtpMetrics, { reports }: Watched): readonly AlarmDefinition[] => {
  if (reports === undefined) return [];
  return [
    {
      name: 'reported-too-late',
      severity: 'page',
      sentence:
        'A user reports a sign-in as not theirs, and it has its tokens: somebody may be in the account.',
      metric: otp.reports('tooLate'),
      periodMinutes: 1,
      periods: ANY,
      threshold: 1,
    },
    {
      name: 'reported-sign-in',
      severity: 'ticket',
      sentence: 'A user reports a sign-in as not theirs; it got no tokens, but somebody knows the password.',
      metric: sumOf('reports', Object.fromEntries(EARLIER.map((kind) => [kind, otp.reports(kind)]))),
      periodMinutes: 5,
      periods: ANY,
      threshold: 1,
    },
    {
      name: 'reports-failing',
      severity: 'page',
      sentence: 'Reports of users are not recorded: the function behind the link fails.',
      metric: reports.metricErrors({ statistic: Stats.SUM }),
      periodMinutes: 5,
      periods: ANY,
      threshold: 1,
    },
    {
      name: 'reports-flooded',
      severity: 'ticket',
      sentence:
        'More requests than it takes come to the link of mails, so reports of users may not get through.',
      metric: reports.metricThrottles({ statistic: Stats.SUM }),
      periodMinutes: 5,
      // Anybody can send a few requests at once, and scanners of mail do: that is no flood.
      periods: { breaching: 3, of: 3 },
      threshold: 10,
    },
  ];
};

const WORDS: Readonly<Record<ReportKind, string>> = {
  revoked: 'code ended',
  withheld: 'tokens kept back',
  tooLate: 'tokens were out',
  over: 'was over already',
};

/** None if mails have no link. */
export const reportRows = (otp: OtpMetrics, { reports }: Watched): readonly DashboardRow[] => {
  if (reports === undefined) return [];
  const received = REPORT_KINDS.map((kind) => otp.reports(kind, WORDS[kind]));
  return [
    {
      title: 'This was not me',
      reading:
        'Reports of users by the link in their mails, by what they did. **Tokens were out**: somebody may be in the account. Requests ' +
        'are all that came to the URL: mail scanners open every link. **Throttled** ones found five others running.',
      widgets: [
        totals({ title: 'Reports, in this time', metrics: received }),
        graph({ title: 'Reports', metrics: received, unit: 'reports' }),
        graph({
          title: 'Requests to the URL',
          metrics: [
            reports.metricInvocations({ label: 'requests', statistic: Stats.SUM }),
            reports.metricErrors({ label: 'failed', statistic: Stats.SUM }),
            reports.metricThrottles({ label: 'throttled', statistic: Stats.SUM }),
          ],
          unit: 'requests',
        }),
      ],
    },
  ];
};
