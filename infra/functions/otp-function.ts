import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Duration, RemovalPolicy, Tokenization } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { limitsReadBy } from '../../shared/domain/limits.ts';
import { variableName } from '../../shared/lambda/config.ts';
import { type Settings, toLimits } from '../settings/settings.ts';

export interface OtpFunctionProps<Environment> {
  /** The function's folder under `services/`. */
  readonly service: string;
  /** Memory in megabytes. It is chosen for speed, because the CPU share grows with it. */
  readonly memory: number;
  readonly timeout: Duration;
  readonly description: string;
  /** Environment variables, by their names in the service's `envSchema`. The limits are added from the settings. */
  readonly environment: Environment;
  readonly settings: Settings;
}

/** Cognito waits 5 seconds for a trigger and then calls it again, so the function ends earlier. */
export const TRIGGER_TIMEOUT = Duration.seconds(4);

/** A Lambda function with the configuration that all functions of the project share. */
export class OtpFunction<Environment extends Readonly<Record<string, string>>> extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: OtpFunctionProps<Environment>) {
    super(scope, id);
    const { service, memory, timeout, description, environment, settings } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new LambdaFunction(this, 'Function', {
      code: codeOf(service),
      handler: 'index.handler',
      description,
      memorySize: memory,
      timeout,
      environment: toVariables({ ...limitsFor(service, settings), ...environment }),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup,
      role: executionRole(this, logGroup),
      // Lambda itself sends the traces; the functions contain no tracer.
      tracing: settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
  }
}

const require = createRequire(import.meta.url);

/**
 * The code is built before the synthesis (`tools/package/functions.ts`). The `package.json` says where it is, the repository's
 * as well as the published one.
 */
const codeOf = (service: string): Code =>
  Code.fromAsset(dirname(require.resolve(`#functions/${service}/index.mjs`)));

const limitsFor = (service: string, settings: Settings): Readonly<Record<string, string>> => {
  const limits = toLimits(settings);
  // A limit may be a parameter of the template.
  return Object.fromEntries(
    limitsReadBy(service).map((name) => [name, Tokenization.stringifyNumber(limits[name])]),
  );
};

const toVariables = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [variableName(name), value]));

/** Allows writing the function's own log only; Lambda's managed policy would allow every log of the account. */
const executionRole = (scope: Construct, { logGroupArn }: LogGroup): Role =>
  new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      Log: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [logGroupArn],
          }),
        ],
      }),
    },
  });
