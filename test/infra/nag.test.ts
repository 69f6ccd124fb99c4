import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { EmailOtp } from '../../infra/email-otp.ts';
import { acknowledgeNagFindings } from '../../infra/nag.ts';
import { readSettings } from '../../infra/settings/settings.ts';
import { EmailOtpStack } from '../../infra/stack.ts';
import { NO_BUNDLES } from '../support/infra/templates.ts';

/** Of the user pool of our own stack, which is none of `EmailOtp`'s business. */
const OF_THE_POOL = {
  COG1: 'NIST SP 800-63B-4 section 3.1.1.2 forbids rules about which characters a password is made of; the length is what counts.',
  COG2: 'The second factor is the custom challenge, and guard-tokens gives no tokens without it.',
  COG8: 'Threat protection needs the Plus plan; custom authentication works on Lite, which an operator may change.',
};

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** The findings of the AwsSolutions rules, as `rule at path`. */
const findingsIn = (build: (app: App) => void): readonly string[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'email-otp-nag-'));
  const app = new App({ context: NO_BUNDLES, outdir });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  build(app);
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

const findings = (
  settings: Readonly<Record<string, unknown>>,
  change: (stack: EmailOtpStack) => void = () => {},
): readonly string[] =>
  findingsIn((app) => {
    const stack = new EmailOtpStack(
      app,
      'EmailOtp',
      readSettings({ emailSender: 'otp@example.com', ...settings }),
    );
    for (const [rule, reason] of Object.entries(OF_THE_POOL)) {
      const pool = stack.node.findChild('UserPool').node.findChild('Pool');
      Validations.of(pool).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
    }
    acknowledgeNagFindings(stack.node.findChild('Default') as EmailOtp);
    change(stack);
  });

describe('cdk-nag', () => {
  it.each([
    ['the default settings', {}],
    [
      'everything on',
      { auditArchive: true, tracing: true, senderIdentity: 'domain', notices: true, reportLink: true },
    ],
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

  it('is given a reason for each finding that stays', () => {
    const reasons: string[] = [];
    findings({ auditArchive: true, tracing: true }, (stack) => {
      const metadata = stack.node.findAll().flatMap(({ node }) => node.metadata);
      const acknowledged = metadata.filter(
        ({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY,
      );
      reasons.push(...acknowledged.flatMap(({ data }) => Object.values<string>(data)));
    });

    expect(reasons.length).toBeGreaterThan(15);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});

it('nothing is found below an EmailOtp of a pool that the stack does not make', () => {
  const found = findingsIn((app) => {
    const stack = new Stack(app, 'Shop');
    const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_AbCdEf123');
    const encryptionKey = new Key(stack, 'Key', { enableKeyRotation: true });
    acknowledgeNagFindings(
      new EmailOtp(stack, 'EmailOtp', {
        userPool,
        encryptionKey,
        emailSender: 'otp@example.com',
        tracing: true,
        watchPool: Duration.hours(1),
      }),
    );
  });

  expect(found).toEqual([]);
});

describe('in the app of somebody else', () => {
  it.each<[string, (app: App) => Stack]>([
    ['a stack for any account and region', (app) => new Stack(app, 'Shop')],
    [
      'a stack for one account and region',
      (app) => new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } }),
    ],
    ['a nested stack', (app) => new NestedStack(new Stack(app, 'Shop'), 'Auth')],
    ['a stage', (app) => new Stack(new Stage(app, 'Prod'), 'Shop')],
  ])('everything below the EmailOtp is acknowledged, and nothing of the app: %s', (_, makeStack) => {
    const found = findingsIn((app) => {
      const stack = makeStack(app);
      const userPool = new UserPool(stack, 'Pool', { accountRecovery: AccountRecovery.NONE });
      const encryptionKey = new Key(stack, 'Key', { enableKeyRotation: true });
      const given = { userPool, encryptionKey, emailSender: 'otp@example.com' };
      acknowledgeNagFindings(
        new EmailOtp(stack, 'EmailOtp', {
          ...given,
          ...{ auditArchive: true, tracing: true, notices: true, reportLink: true },
        }),
      );
    });

    expect(found.filter((finding) => finding.includes('/EmailOtp/'))).toEqual([]);
    expect(found).toContainEqual(expect.stringMatching(/^AwsSolutions-COG1 at .*\/Pool\/Resource$/));
  });
});
