import { Duration } from 'aws-cdk-lib';
import { CfnPermission, CfnUrl, FunctionUrlAuthType, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { reportEnvSchema } from '../../services/record-feedback/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import {
  REPORT_PAGE_FILE,
  type ReportPageSettings,
  type ReportTexts,
} from '../../shared/report/report-page.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import { OtpFunction } from '../functions/otp-function.ts';
import { brandOf } from '../mail/mail-file.ts';
import { checkedMail } from '../settings/mail-setting.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';

export interface TakeReportProps {
  readonly table: ChallengeTable;
  readonly settings: Settings;
}

/**
 * Anybody may call the URL, as often as they like. So few run at once: a flood takes nothing from the triggers, which share the
 * account's concurrency. A report takes half a second, so this is ten in a second.
 */
const CONCURRENCY = 5;

/** What a report writes, and nothing else of an item. IAM cannot restrict the values. */
const WRITTEN = [
  ...(['report#*', 'outcome', 'openShard', 'events'] as const),
  ...(['version', 'latest', 'blockedUntil', 'block#1', 'block#2', 'block#3'] as const),
] as const;

/** The company's brand and texts, in each language that has texts for the page; the default one may have none. */
const reportPageSettings = (settings: Settings): ReportPageSettings => {
  const checked = checkedMail(settings.mail);
  const brand = brandOf(settings, checked);
  const texts = Object.fromEntries(
    Object.entries(checked.texts).flatMap(([tag, { report }]) =>
      report === undefined ? [] : [[tag, report as unknown as ReportTexts]],
    ),
  );
  return {
    ...(brand !== undefined && { brandName: brand.name }),
    ...(brand?.accentColor !== undefined && { accentColor: brand.accentColor }),
    defaultLocale: Object.hasOwn(texts, checked.defaultLocale) ? checked.defaultLocale : 'en',
    texts,
  };
};

/** Behind a function URL: the link "this was not me" of a mail. */
export class TakeReport extends Construct {
  readonly function: IFunction;
  /** It ends with a slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, { table, settings }: TakeReportProps) {
    super(scope, id);
    this.function = new OtpFunction<EnvironmentOf<typeof reportEnvSchema>>(this, 'Lambda', {
      service: 'record-feedback',
      handler: 'reportHandler',
      limitsOf: 'record-feedback/report',
      description: 'Function URL: takes the reports "this was not me"',
      memory: 256,
      timeout: Duration.seconds(10),
      reservedConcurrency: CONCURRENCY,
      // A trace would have the URL in it, and with it the token.
      settings: { ...settings, tracing: false },
      environment: { ...table.environment, ...metricsEnvironment(this) },
      files: { [REPORT_PAGE_FILE]: JSON.stringify(reportPageSettings(settings)) },
    }).function;
    table.grantUpdateOf(this.function, WRITTEN);
    this.url = this.#openToAll();
  }

  /**
   * Both permissions are needed, and only calls through the URL are let in (Lambda Developer Guide, "Control access to Lambda function
   * URLs"). The CDK's own method adds them in some of its versions only.
   */
  #openToAll(): string {
    const { functionArn } = this.function;
    const url = new CfnUrl(this, 'Url', {
      targetFunctionArn: functionArn,
      authType: FunctionUrlAuthType.NONE,
    });
    new CfnPermission(this, 'AllowUrl', {
      action: 'lambda:InvokeFunctionUrl',
      functionName: functionArn,
      principal: '*',
      functionUrlAuthType: FunctionUrlAuthType.NONE,
    });
    const invocation = new CfnPermission(this, 'AllowInvocation', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: '*',
    });
    // Older versions of the CDK do not know the property.
    invocation.addPropertyOverride('InvokedViaFunctionUrl', true);
    return url.attrFunctionUrl;
  }
}
