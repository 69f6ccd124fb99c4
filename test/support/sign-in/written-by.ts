/** Everything that a local system has written, except the mails themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../local/system.ts';
import type { TestSystem } from '../system/local-system.ts';

const logs = (folder: string): readonly [string, string][] =>
  readdirSync(join(folder, 'logs')).map((name) => [
    `log ${name}`,
    readFileSync(join(folder, 'logs', name), 'utf8'),
  ]);

/** One text per kind of document: users, sessions, executions with their inputs and outputs, secrets. */
const documents = (folder: string): readonly [string, string][] => {
  const database = new DatabaseSync(join(folder, 'state', 'state.sqlite'), { readOnly: true });
  const rows = database
    .prepare(
      "SELECT kind, group_concat(id || ' ' || json, char(10)) AS content FROM documents WHERE kind <> 'mail' GROUP BY kind",
    )
    .all() as { kind: string; content: string }[];
  database.close();
  return rows.map(({ kind, content }) => [`state ${kind}`, content]);
};

const items = async ({ url, outputs }: TestSystem): Promise<string> => {
  const client = new DynamoDBClient(clientSettings(url));
  const pages: unknown[] = [];
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: outputs.TableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
    );
    pages.push(page.Items);
    ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (ExclusiveStartKey !== undefined);
  return JSON.stringify(pages);
};

/** What was written, by source: log files, stored documents, table items, the endpoint's requests. */
export const writtenBy = async (system: TestSystem): Promise<Readonly<Record<string, string>>> => ({
  ...Object.fromEntries([...logs(system.folder), ...documents(system.folder)]),
  'table items': await items(system),
  'requests at the endpoint': JSON.stringify(system.calls),
});
