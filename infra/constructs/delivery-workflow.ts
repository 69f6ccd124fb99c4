import { readFileSync } from 'node:fs';
import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ChallengeTable } from './challenge-table.ts';
import type { DeliverCode } from './deliver-code.ts';

export interface DeliveryWorkflowProps {
  readonly table: ChallengeTable;
  readonly deliverCode: DeliverCode;
}

const DEFINITION = new URL('./delivery-workflow.asl.json', import.meta.url);

/** The Express workflow that mails a code and writes down that it did. */
export class DeliveryWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { table, deliverCode }: DeliveryWorkflowProps) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromString(readFileSync(DEFINITION, 'utf8')),
      definitionSubstitutions: {
        DeliverCodeArn: deliverCode.function.functionArn,
        TableName: table.environment.TABLE_NAME,
      },
      logs: {
        destination: new LogGroup(this, 'Log', {
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        // The input holds an address.
        includeExecutionData: false,
      },
    });
    deliverCode.function.grantInvoke(this.stateMachine);
    table.grantItems(this.stateMachine, 'dynamodb:UpdateItem');
  }
}
