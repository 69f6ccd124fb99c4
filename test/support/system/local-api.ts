/** The local system as its own HTTP interface shows it. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { LocalAnswers, LocalPath } from '../../../local/api/types.ts';
import type { Execution } from '../../../local/engines/step-functions/execution.ts';
import type { Faults } from '../../../local/faults/fault-table.ts';
import { clientSettings, type System } from '../../../local/system.ts';
import type { Challenge, ChallengeRef } from '../../../shared/domain/challenge.ts';
import { challengeKey } from '../../../shared/table/table.ts';
import type { TestSystem, TestUser } from './local-system.ts';

const FAULTS_PATH = '/_local/faults.json';

/** The body of a GET below `/_local/`. */
export const getLocal = async <Path extends LocalPath>(
  { url }: System,
  path: Path,
): Promise<LocalAnswers[Path]> => (await (await fetch(`${url}/_local/${path}`)).json()) as LocalAnswers[Path];

/** PUTs this text as faults. */
export const putFaults = ({ url }: System, body: string): Promise<Response> =>
  fetch(`${url}${FAULTS_PATH}`, { method: 'PUT', body });

/** Changes faults. Throws if the change is refused. */
export const setFaults = async (system: System, change: Partial<Faults>): Promise<void> => {
  const response = await putFaults(system, JSON.stringify(change));
  if (!response.ok) throw new Error(await response.text());
};

/** The executions that mail to this user, oldest first. */
export const executionsFor = async (system: System, { email }: TestUser): Promise<readonly Execution[]> => {
  const executions = await getLocal(system, 'executions.json');
  return executions.filter(({ input }) => (input as { readonly email: string }).email === email);
};

/** The errors after which an execution made another try, in order. */
export const retriesOf = ({ history }: Execution): readonly string[] =>
  history.flatMap(({ type, error = '' }, at) =>
    type === 'StateFailed' && history[at + 1]?.type === 'StateRetried' ? [error] : [],
  );

/** How often the function that sends has asked for the lease on a delivery. */
export const leaseClaims = ({ calls }: TestSystem): number =>
  calls.filter(({ caller, operation }) => caller.includes('DeliverCode') && operation.endsWith('.UpdateItem'))
    .length;

/** The user's first challenge, as it is in the table now. */
export const readChallenge = async (system: System, user: TestUser): Promise<Challenge> => {
  const [execution] = await executionsFor(system, user);
  if (execution === undefined) throw new Error('Nothing was started for this user');
  const { userId, challengeId } = execution.input as ChallengeRef;
  const client = new DynamoDBClient(clientSettings(system.url));
  const { Item = {} } = await client.send(
    new GetItemCommand({ TableName: system.outputs.TableName, Key: challengeKey(userId, challengeId) }),
  );
  return unmarshall(Item) as Challenge;
};

/** The user's only challenge, as it is in the table when nothing is under way any more. */
export const challengeFor = async (system: System, user: TestUser): Promise<Challenge> => {
  await system.idle();
  return readChallenge(system, user);
};
