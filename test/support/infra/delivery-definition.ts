/** The delivery workflow's definition, with what the stack puts into it. */
import { readFileSync } from 'node:fs';

const FILE = new URL('../../../infra/functions/delivery-workflow.asl.json', import.meta.url);

/** Returns the definition for this table and partition, parsed. */
export const deliveryDefinition = (tableName: string, partition = 'aws') => {
  const substitutions: Readonly<Record<string, string>> = {
    TableName: tableName,
    DeliverCodeArn: 'deliver-code',
    LambdaInvoke: `arn:${partition}:states:::lambda:invoke`,
    DynamoDbUpdateItem: `arn:${partition}:states:::dynamodb:updateItem`,
  };
  return JSON.parse(
    readFileSync(FILE, 'utf8').replace(/\$\{(\w+)\}/g, (whole, name: string) => substitutions[name] ?? whole),
  );
};
