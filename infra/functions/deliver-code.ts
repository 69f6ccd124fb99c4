import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/deliver-code/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import { MAIL_SETTINGS_FILE } from '../../shared/mail/mail-settings.ts';
import type { AddressKey } from '../data/address-key.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { CodeKey } from '../data/code-key.ts';
import type { MailSender } from '../data/mail-sender.ts';
import { mailSettings } from '../mail/mail-file.ts';
import type { TakeReport } from '../report/take-report.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';
import { OtpFunction } from './otp-function.ts';

export interface DeliverCodeProps {
  readonly table: ChallengeTable;
  readonly addressKey: AddressKey;
  readonly codeKey: CodeKey;
  readonly sender: MailSender;
  readonly settings: Settings;
  /** What takes the reports "this was not me"; undefined if mails have no such link. */
  readonly takeReport?: TakeReport | undefined;
}

/** This is shorter than the task's time-out in the workflow, which is shorter than the lease on a delivery. */
const TIMEOUT = Duration.seconds(20);

/**
 * Workflow task: derives the code and mails it. Of the functions, only this one and verify-auth-challenge read the codes' key;
 * create-auth-challenge reads the address key, too.
 */
export class DeliverCode extends Construct {
  readonly function: IFunction;

  constructor(
    scope: Construct,
    id: string,
    { table, addressKey, codeKey, sender, settings, takeReport }: DeliverCodeProps,
  ) {
    super(scope, id);
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'deliver-code',
      description: 'Workflow task: generates the code and mails it',
      memory: 512,
      timeout: TIMEOUT,
      settings,
      files: { [MAIL_SETTINGS_FILE]: JSON.stringify(mailSettings(settings)) },
      environment: {
        ...table.environment,
        ...metricsEnvironment(this),
        ...codeKey.environment,
        ...addressKey.environment,
        ...sender.environment,
        ...(takeReport !== undefined && { reportUrl: takeReport.url }),
      },
    }).function;
    table.grantItems(this.function, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    codeKey.grantRead(this.function);
    addressKey.grantRead(this.function);
    sender.grantSend(this.function);
  }
}
