import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alarmState } from '../../../../../local/console/dashboard/alarms/alarm.ts';
import { describeAlarm } from '../../../../../local/console/dashboard/alarms/alarm-words.ts';
import { readDashboard } from '../../../../../local/console/dashboard/dashboard-body.ts';
import { rangeUntil } from '../../../../../local/console/dashboard/metrics/time-grid.ts';
import { chartData, singleValues } from '../../../../../local/console/dashboard/widgets/chart-data.ts';
import { dashboardOf } from '../../../../../local/engines/metrics/dashboard.ts';
import { loadTemplate } from '../../../../../local/ground/template.ts';
import { stackTemplate } from '../../../../support/infra/templates.ts';

/** The dashboard as the local system reads it from `cdk synth`, but without the bundles. */
const loadDashboard = () => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  writeFileSync(join(folder, 'EmailOtp.template.json'), JSON.stringify(stackTemplate()));
  const template = loadTemplate(folder, 'EmailOtp', 'http://127.0.0.1:4566');
  return dashboardOf(template) ?? expect.unreachable('The template has no dashboard');
};

const { name, body, alarms } = loadDashboard();
const placed = readDashboard(body);
const RANGE = rangeUntil(Date.UTC(2025, 0, 15), 3_600_000);

describe('the dashboard of the stack', () => {
  it('has a name and widgets, each of which the page can draw before anything was measured', () => {
    expect(name).not.toBe('');
    expect(placed.length).toBeGreaterThan(5);
    for (const { widget } of placed) {
      if (widget.kind === 'timeSeries') expect(chartData(widget, [], RANGE).isMeasured).toBe(false);
      if (widget.kind === 'singleValue')
        expect(new Set(singleValues(widget, [], RANGE))).toEqual(new Set([undefined]));
    }
  });

  it('shows alarms of the template, each with a state, a sentence, a severity and a runbook', () => {
    const arns = placed.flatMap(({ widget }) => (widget.kind === 'alarms' ? widget.alarmArns : []));

    expect(arns.length).toBeGreaterThan(0);
    for (const arn of arns) {
      const alarm =
        alarms.find((one) => one.arn === arn) ?? expect.unreachable(`${arn} is no alarm of the template`);
      expect(describeAlarm(alarm)).toEqual({
        severity: expect.stringMatching(/^(page|ticket)$/),
        sentence: expect.stringMatching(/\.$/),
        runbook: expect.stringMatching(/^docs\/runbooks\/[\w-]+\.md$/),
      });
      expect(['OK', 'ALARM', 'INSUFFICIENT_DATA']).toContain(alarmState(alarm, [], RANGE.to));
    }
  });
});
