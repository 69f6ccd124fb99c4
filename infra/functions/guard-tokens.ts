import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/guard-tokens/config.ts';
import { type ReportingClients, writeReportingClients } from '../../shared/clients/reporting-clients.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';
import { OtpFunction, TRIGGER_TIMEOUT } from './otp-function.ts';

export interface GuardTokensProps {
  readonly table: ChallengeTable;
  readonly settings: Settings;
  /** The app's own pre token generation function. The guard calls it for the tokens that it lets through. */
  readonly preTokenGeneration?: IFunction | undefined;
  /** The clients that get tokens without a code, each until its time, as `readReportingClients` returns them. */
  readonly reportingClients?: ReportingClients | undefined;
  /**
   * Whether the guard reads the records of clients where tokens were had without a code.
   * @default true if there are reporting clients
   */
  readonly tracksClients?: boolean | undefined;
}

/** Without reporting clients and without records, the guard has no variable for them and makes no call. */
const clientsEnvironment = ({
  reportingClients = {},
  tracksClients = Object.keys(reportingClients).length > 0,
}: GuardTokensProps) => ({
  ...(Object.keys(reportingClients).length > 0 && {
    reportingClients: writeReportingClients(reportingClients),
  }),
  ...(tracksClients && { tracksClients: 'true' }),
});

/** Cognito trigger: the last gate before tokens, for every kind of sign-in. */
export class GuardTokens extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, props: GuardTokensProps) {
    super(scope, id);
    const { table, settings, preTokenGeneration } = props;
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'guard-tokens',
      description: 'Cognito trigger: no tokens without a verified, unspent challenge',
      memory: 512,
      timeout: TRIGGER_TIMEOUT,
      settings,
      environment: {
        ...table.environment,
        ...metricsEnvironment(this),
        ...(preTokenGeneration && { preTokenFunctionArn: preTokenGeneration.functionArn }),
        ...clientsEnvironment(props),
      },
    }).function;
    table.grantItems(this.function, 'dynamodb:UpdateItem');
    table.grantQuery(this.function);
    if (preTokenGeneration) {
      // grantInvoke would also allow every version and alias.
      this.function.addToRolePolicy(
        new PolicyStatement({
          actions: ['lambda:InvokeFunction'],
          resources: [preTokenGeneration.functionArn],
        }),
      );
    }
  }
}
