/** Runs `npm run audit` on a local system of the tests, and counts the facts in its lines. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toJson } from '../../../commands/audit/output.ts';
import { clientSettings } from '../../../local/system.ts';
import type { Challenge, Fact } from '../../../shared/domain/challenge.ts';
import type { MetricName } from '../../../shared/lambda/metric-names.ts';
import { writeLocalOutputs } from '../../../shared/messages/stack/outputs.ts';
import { createTrail } from '../../../shared/table/trail.ts';
import { command } from '../system/command.ts';
import type { TestSystem } from '../system/local-system.ts';

/** The fields of a line of `--json` that tests use. */
export interface AuditLine extends Pick<Challenge, 'challengeId' | 'userId' | 'recipient' | 'attempts'> {
  readonly outcome: Challenge['outcome'] | null;
  readonly standing: string;
  readonly events: readonly (Fact & { readonly name: string })[];
}

/** Writes the file from which commands learn of a system that `npm start` did not start. */
export const writeOutputs = ({ url, outputs, folder }: TestSystem): void =>
  writeLocalOutputs(folder, { ...outputs, endpoint: url, region: 'us-east-1', inbox: `${url}/inbox` });

export interface Audit {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command and waits for its end. */
export const audit = async (system: TestSystem, ...options: readonly string[]): Promise<Audit> => {
  writeOutputs(system);
  const running = command('commands/audit/audit.ts', '--folder', system.folder, ...options);
  const exit = await running.ended;
  return { exit, stdout: running.stdout(), stderr: running.stderr() };
};

export const auditLines = async (
  system: TestSystem,
  ...options: readonly string[]
): Promise<readonly AuditLine[]> => {
  const { exit, stdout, stderr } = await audit(system, '--json', ...options);
  if (exit !== 0) throw new Error(`The audit ended with ${exit}: ${stderr}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as AuditLine);
};

/** The same lines without the command, which takes a second to start. */
export const readTrails = async (system: TestSystem): Promise<readonly AuditLine[]> => {
  const trail = createTrail(new DynamoDBClient(clientSettings(system.url)), system.outputs.TableName ?? '');
  const lines: AuditLine[] = [];
  for await (const challenge of trail.ofEveryone({})) {
    lines.push(JSON.parse(toJson(challenge, system.clock.now())) as AuditLine);
  }
  return lines;
};

const factsNamed = (lines: readonly AuditLine[], pattern: RegExp): number =>
  lines.flatMap(({ events }) => events).filter(({ name }) => pattern.test(name)).length;

/** The facts that each metric stands for, counted over the trails. */
const FACTS: Readonly<Partial<Record<MetricName, RegExp>>> = {
  ChallengeRequested: /^1#REQUESTED$/,
  ResendRequested: /#RESEND_REQUESTED$/,
  ChallengeReused: /#REUSED$/,
  CodeSent: /#SENT$/,
  MailDelivered: /#DELIVERED$/,
  MailDelayed: /#DELAYED$/,
  MailBounced: /#BOUNCED$/,
  MailSuppressed: /#SUPPRESSED$/,
  MailComplained: /#COMPLAINED$/,
  MailRejected: /#REJECTED$/,
  AnswerWrong: /^attempt#/,
  ChallengeVerified: /^VERIFIED$/,
  TokensIssued: /^TOKENS_ISSUED$/,
  ChallengeExhausted: /^EXHAUSTED$/,
  ChallengeExpired: /^EXPIRED$/,
  ChallengeOrphaned: /^ORPHANED$/,
  ChallengeReplaced: /^REPLACED$/,
};

/** The metrics of how challenges end: each that was requested has one of them in the end. */
export const OUTCOME_METRICS: readonly MetricName[] = [
  'ChallengeVerified',
  'ChallengeExhausted',
  'ChallengeExpired',
  'ChallengeOrphaned',
  'ChallengeReplaced',
];

/** The sum that each metric must have, by the trails. */
export const sumsOf = (lines: readonly AuditLine[]): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(FACTS).map(([metric, pattern]) => [metric, factsNamed(lines, pattern)]));

/** The sums of the same metrics as the system collected them. */
export const collectedSums = ({ metrics }: TestSystem): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.keys(FACTS).map((name) => [name, metrics.sumOf({ namespace: 'EmailOtp', name })]),
  );

/** How many executions failed. Step Functions counts them itself, because the workflow writes that fact and no function of ours. */
export const failedExecutions = ({ metrics }: TestSystem): number =>
  metrics.sumOf({ namespace: 'AWS/States', name: 'ExecutionsFailed' });

export const failedDeliveries = (lines: readonly AuditLine[]): number => factsNamed(lines, /#SEND_FAILED$/);
