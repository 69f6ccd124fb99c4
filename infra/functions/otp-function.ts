import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  AssetHashType,
  BundlingOutput,
  DockerImage,
  Duration,
  RemovalPolicy,
  Tokenization,
} from 'aws-cdk-lib';
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
import type { AssetOptions } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { limitsReadBy } from '../../shared/domain/limits.ts';
import { variableName } from '../../shared/lambda/config.ts';
import { type CodePlace, codePlace } from '../code-place.ts';
import { type Settings, toLimits } from '../settings/settings.ts';

export interface OtpFunctionProps<Environment> {
  /** The function's folder under `services/`. */
  readonly service: string;
  /**
   * The function that Lambda calls, one of those that the service exports.
   * @default 'handler'
   */
  readonly handler?: string;
  /** Memory in megabytes. It is chosen for speed, because the CPU share grows with it. */
  readonly memory: number;
  readonly timeout: Duration;
  readonly description: string;
  /** Environment variables, by their names in the service's `envSchema`. The limits are added from the settings. */
  readonly environment: Environment;
  readonly settings: Settings;
  /**
   * Further files beside the code, by their names.
   * @default - none
   */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * The folder under `services/` whose limits the function reads.
   * @default the service
   */
  readonly limitsOf?: string;
  /**
   * So many run at once; no more, and no fewer for the sake of others.
   * @default - as many as the account allows
   */
  readonly reservedConcurrency?: number;
}

/** Cognito waits 5 seconds for a trigger and then calls it again, so the function ends earlier. */
export const TRIGGER_TIMEOUT = Duration.seconds(4);

/** A Lambda function with the configuration that all functions of the project share. */
export class OtpFunction<Environment extends Readonly<Record<string, string>>> extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: OtpFunctionProps<Environment>) {
    super(scope, id);
    const { service, handler = 'handler', memory, timeout, description, environment, settings } = props;
    const { files, limitsOf = service, reservedConcurrency } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const place = codePlace(service);
    this.function = new LambdaFunction(this, 'Function', {
      code: codeIn(place, files),
      handler: `${place.file}.${handler}`,
      description,
      memorySize: memory,
      timeout,
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
      environment: toVariables({ ...limitsFor(limitsOf, settings), ...environment }),
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
const codeIn = ({ folder: name, file }: CodePlace, files: OtpFunctionProps<unknown>['files']): Code => {
  const folder = dirname(require.resolve(`#functions/${name}/${file}.mjs`));
  return Code.fromAsset(folder, {
    displayName: name,
    ...(files !== undefined && withFiles(folder, files)),
  });
};

/** The CDK puts the files together by itself: it would ask Docker only if `tryBundle` returned false. */
const withFiles = (folder: string, files: Readonly<Record<string, string>>): AssetOptions => {
  const local = {
    // The CDK makes what has equal data once in an app, and looks at no function.
    files,
    tryBundle: (output: string): boolean => {
      for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(output, name));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(output, name), text);
      return true;
    },
  };
  return {
    // The hash of what the files have in them, so that equal settings are no new deployment.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('no-image-is-used'),
      outputType: BundlingOutput.NOT_ARCHIVED,
      local,
    },
  };
};

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
