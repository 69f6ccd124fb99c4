import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { limitsReadBy } from '../../shared/domain/limits.ts';
import { variableName } from '../../shared/lambda/config.ts';
import { type Settings, toLimits } from '../settings/settings.ts';

export interface OtpFunctionProps<Environment> {
  /** The folder under `services/`. */
  readonly service: string;
  /** Megabytes; CPU grows with it, so it is chosen for speed. */
  readonly memory: number;
  readonly timeout: Duration;
  readonly description: string;
  /** By the names in the service's configuration, without the limits: these come from the settings. */
  readonly environment: Environment;
  readonly settings: Settings;
}

/** Cognito waits 5 seconds for a trigger and calls again when it was too slow; the function ends before that. */
export const TRIGGER_TIMEOUT = Duration.seconds(4);

/** One Lambda of this project, with the settings that they all share. */
export class OtpFunction<Environment extends Readonly<Record<string, string>>> extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: OtpFunctionProps<Environment>) {
    super(scope, id);
    const { service, memory, timeout, description, environment, settings } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new NodejsFunction(this, 'Function', {
      entry: fileURLToPath(new URL(`../../services/${service}/handler.ts`, import.meta.url)),
      projectRoot: fileURLToPath(new URL('../..', import.meta.url)),
      depsLockFilePath: fileURLToPath(new URL('../../package-lock.json', import.meta.url)),
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
      // X-Ray by the platform; no tracer runs in the functions.
      tracing: settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      bundling: {
        format: OutputFormat.ESM,
        // Without this the CommonJS builds of the SDK are taken, which start more slowly.
        mainFields: ['module', 'main'],
        bundleAwsSDK: true,
        minify: true,
        target: 'node24',
      },
    });
  }
}

const limitsFor = (service: string, settings: Settings): Readonly<Record<string, string>> => {
  const limits = toLimits(settings);
  return Object.fromEntries(limitsReadBy(service).map((name) => [name, String(limits[name])]));
};

const toVariables = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [variableName(name), value]));

/** Writes the function's own log and nothing else; Lambda's managed policy would let it write every log of the account. */
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
