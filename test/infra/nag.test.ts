import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import {
  acknowledgeFindings,
  OTP_ACKNOWLEDGEMENTS,
  POOL_ACKNOWLEDGEMENTS,
  TRACING_ACKNOWLEDGEMENTS,
} from '../../infra/nag.ts';
import { readSettings } from '../../infra/settings/settings.ts';
import { EmailOtpStack } from '../../infra/stack.ts';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** The findings of the AwsSolutions rules, as `rule at path`. */
const findings = (
  settings: Readonly<Record<string, unknown>>,
  change: (stack: EmailOtpStack) => void = () => {},
): readonly string[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'email-otp-nag-'));
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true }, outdir });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = new EmailOtpStack(
    app,
    'EmailOtp',
    readSettings({ emailSender: 'otp@example.com', ...settings }),
  );
  acknowledgeFindings(stack, POOL_ACKNOWLEDGEMENTS);
  const otp = stack.node.findChild('Default');
  acknowledgeFindings(otp, OTP_ACKNOWLEDGEMENTS);
  if (settings.tracing === true) acknowledgeFindings(otp, TRACING_ACKNOWLEDGEMENTS);
  change(stack);
  try {
    app.synth();
  } catch {
    // Findings make the synthesis fail; they are read from the report.
  }
  const { pluginReports } = JSON.parse(
    readFileSync(join(outdir, 'validation-report.json'), 'utf8'),
  ) as Report;
  rmSync(outdir, { recursive: true });
  return pluginReports
    .flatMap(({ violations }) => violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );
};

describe('cdk-nag', () => {
  it.each([
    ['the default settings', {}],
    ['everything on', { auditArchive: true, tracing: true, senderIdentity: 'domain' }],
  ])('finds nothing that is not acknowledged, with %s', (_, settings) => {
    expect(findings(settings)).toEqual([]);
  });

  it('finds a wildcard that somebody adds to a policy', () => {
    const addWildcard = (stack: EmailOtpStack) => {
      const role = stack.node.findChild('Default').node.findChild('DeliverCode').node.findAll();
      const [first] = role.filter((construct) => construct instanceof Role);
      first?.addToPrincipalPolicy(
        new PolicyStatement({ effect: Effect.ALLOW, actions: ['ses:SendEmail'], resources: ['*'] }),
      );
    };

    expect(findings({}, addWildcard)).toEqual([
      expect.stringMatching(/IAM5\[Resource::\*\] at .*DeliverCode/),
    ]);
  });

  it('has a reason for each finding that stays', () => {
    const all = [...POOL_ACKNOWLEDGEMENTS, ...OTP_ACKNOWLEDGEMENTS, ...TRACING_ACKNOWLEDGEMENTS];

    for (const { reason } of all) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});
