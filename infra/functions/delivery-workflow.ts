import { readFileSync } from 'node:fs';
import { ArnFormat, Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { Settings } from '../settings/settings.ts';
import { uniqueName } from '../unique-name.ts';
import type { DeliverCode } from './deliver-code.ts';

export interface DeliveryWorkflowProps {
  readonly table: ChallengeTable;
  readonly deliverCode: DeliverCode;
  readonly settings: Pick<Settings, 'logRetention' | 'tracing'>;
}

const DEFINITION = new URL('./delivery-workflow.asl.json', import.meta.url);

/** The ARN of a service integration of Step Functions in the stack's partition. */
const integration = (action: string): string => `arn:${Aws.PARTITION}:states:::${action}`;

/** The Express workflow that mails a code and records in the trail that it did. */
export class DeliveryWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { table, deliverCode, settings }: DeliveryWorkflowProps) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromString(readFileSync(DEFINITION, 'utf8')),
      definitionSubstitutions: {
        LambdaInvoke: integration('lambda:invoke'),
        DynamoDbUpdateItem: integration('dynamodb:updateItem'),
        DeliverCodeArn: deliverCode.function.functionArn,
        TableName: table.environment.tableName,
      },
      tracingEnabled: settings.tracing,
      logs: {
        destination: new LogGroup(this, 'Log', {
          // With this prefix the log group needs no entry in the account's log resource policies, whose size is limited.
          logGroupName: `/aws/vendedlogs/states/${uniqueName(this, '-delivery-workflow')}`,
          retention: settings.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        // The execution data contains the user's address.
        includeExecutionData: false,
      },
    });
    this.#trustOwnMachines();
    // grantInvoke would also allow every version and alias.
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [deliverCode.function.functionArn],
      }),
    );
    table.grantItems(this.stateMachine, 'dynamodb:UpdateItem');
  }
  /** Newer versions of the CDK say this themselves; with older ones, Step Functions could use the role for other accounts. */
  #trustOwnMachines(): void {
    const role = this.stateMachine.role.node.defaultChild as CfnRole;
    const machines = Stack.of(this).formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    role.addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Condition', {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': machines },
    });
  }
}
