import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { CfnRolePolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IConstruct } from 'constructs';
import type { envSchema } from '../../services/attach-pool/config.ts';
import {
  ATTACHMENT_TYPE,
  type AttachmentOrder,
  writeAttachment,
} from '../../shared/deployment/attachment.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { PoolElsewhere } from '../pool/pool-elsewhere.ts';
import { writingStatements } from '../pool/pool-policies.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment, uniqueName } from '../unique-name.ts';
import { OtpFunction } from './otp-function.ts';

export interface AttachPoolProps {
  readonly pool: PoolElsewhere;
  readonly order: AttachmentOrder;
  readonly table: ChallengeTable;
  readonly settings: Settings;
  /** The pool calls these, or they are called by them: they are there before it is attached, and until it is detached. */
  readonly after: readonly IConstruct[];
}

/** A pool with a thousand clients takes two or three minutes to read twice, as Cognito allows few calls in a second. */
const TIMEOUT = Duration.minutes(10);
/** Lambda calls a function that was cut short twice more, a minute and two minutes later. */
const SERVICE_TIMEOUT = Duration.minutes(40);

/**
 * The custom resource that sets the triggers of a pool that the stack does not make. It is the last to be made and the first to be
 * deleted: Cognito must not call functions that are not there.
 */
export class AttachPool extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, props: AttachPoolProps) {
    super(scope, id);
    const { table, settings, order, after } = props;
    const parameter = `email-otp/${uniqueName(this)}`;
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'attach-pool',
      description: 'Custom resource: sets the triggers of a user pool, and puts back what was there',
      memory: 512,
      timeout: TIMEOUT,
      settings,
      environment: { ...table.environment, ...metricsEnvironment(this), undoParameter: `/${parameter}` },
    }).function;
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
        resources: [
          Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: parameter }),
        ],
      }),
    );
    table.grantClientRecords(this.function, order.userPoolId, 'dynamodb:UpdateItem');
    const attachment = new CustomResource(this, 'Attachment', {
      resourceType: ATTACHMENT_TYPE,
      serviceToken: this.function.functionArn,
      serviceTimeout: SERVICE_TIMEOUT,
      properties: { ...writeAttachment(order) },
    });
    // Its policies are below the function and its role.
    attachment.node.addDependency(this.node.findChild('Lambda'), this.#poolPolicy(props), ...after);
  }

  /**
   * Named after the pool, so that another pool gets another policy: CloudFormation takes the old one away only when the function
   * has detached the old pool.
   */
  #poolPolicy({ pool, order: { smsRoleArn, customSenderKeyArn } }: AttachPoolProps): CfnRolePolicy {
    const existing = {
      ...(smsRoleArn !== undefined && { smsRoleArn }),
      ...(customSenderKeyArn !== undefined && { customSenderKeyArn }),
    };
    return new CfnRolePolicy(this, 'PoolPolicy', {
      policyName: `Pool-${pool.id}`,
      roleName: this.function.role?.roleName ?? '',
      policyDocument: new PolicyDocument({
        statements: [...writingStatements({ poolArn: pool.arn, existing })],
      }),
    });
  }
}
