/** The command `audit`: shows what happened to codes, from the audit trail of the local system or of a deployed stack. */
import { once } from 'node:events';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import { userJson, userStanding, userText } from '../../shared/words/user-standing.ts';
import { explainWith } from '../common/failure.ts';
import { fitToWidth } from './fit-to-width.ts';
import { AUDIT, type AuditOptions, readAuditOptions } from './options.ts';
import { toJson, toSummary, toText } from './output.ts';
import { createProgress, type Progress } from './progress.ts';
import { type Search, search } from './search.ts';
import { type AuditSource, openAuditSource } from './source.ts';

/** For a terminal that does not know its width. */
const USUAL_WIDTH = 80;

/** The part of `process.stdout` that decides how wide lines are. */
type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>;

/** Lines are fitted to a terminal, and to nothing else. */
const fitTo = ({ isTTY, columns }: Output, text: string): string =>
  isTTY ? fitToWidth(text, columns || USUAL_WIDTH) : text;

const print = async (text: string): Promise<void> => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
};

const formatOf = ({ json, full }: AuditOptions, now: number): ((challenge: Challenge) => string) => {
  if (json) return (challenge) => toJson(challenge, now);
  if (full || !process.stdout.isTTY) return (challenge) => toText(challenge, now, 'full');
  return (challenge) => fitTo(process.stdout, toText(challenge, now, 'short'));
};

/** Prints each challenge as it arrives; returns how many. */
const printAll = async (
  { challenges }: Search,
  format: (challenge: Challenge) => string,
  progress: Progress,
): Promise<number> => {
  let shown = 0;
  for await (const challenge of challenges) {
    progress.clear();
    await print(format(challenge));
    shown += 1;
  }
  return shown;
};

/** Prints how the user stands, even if the range has no challenge of theirs: a lock may be the reason for that. */
const printUser = async (
  { users, limits, now }: AuditSource,
  userId: string,
  { json, full }: AuditOptions,
) => {
  const userRecord = await users.readUserRecord(userId);
  const standing = userStanding(userRecord, now, limits);
  if (standing === undefined) return;
  if (json) return print(userJson(userId, userRecord, now, limits));
  await print(full ? userText(userId, standing) : fitTo(process.stdout, userText(userId, standing)));
};

const nothingFound = ({ challengeId, whose }: AuditOptions): CommandError => {
  const ofWhom = whose.kind === 'everyone' ? '' : ' of that user';
  const text =
    challengeId === undefined
      ? 'There is no challenge in that time; --since 7d, for instance, goes further back.'
      : `There is no such challenge${ofWhom}. Trails end with the time auditRetention.`;
  return new CommandError(text, EXIT.notFound);
};

const run = async (options: AuditOptions): Promise<void> => {
  const { challengeId, whose, since, limit } = options;
  using progress = createProgress(process.stderr);
  process.once('exit', progress.clear);
  using source = await openAuditSource(options.source);
  if (challengeId !== undefined && whose.kind === 'everyone') {
    console.error('Reading the table until the challenge is found; with --user or --sub it is one read.');
  }
  const found = await search(source, options, progress.note);
  const shown = await printAll(found, formatOf(options, source.now), progress);
  if (challengeId === undefined && found.userId !== undefined) await printUser(source, found.userId, options);
  if (shown === 0) throw nothingFound(options);
  if (challengeId !== undefined) return;
  const complete = whose.kind === 'everyone' || shown !== limit;
  progress.clear();
  const summary = toSummary(found.tally, { since: since(source.now), shown, complete });
  console.error(fitTo(process.stderr, summary));
};

process.once('SIGINT', () => process.exit(EXIT.interrupted));
process.once('SIGTERM', () => process.exit(EXIT.ended));
// A reader that closes the pipe, such as `head`, has read enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? EXIT.done : EXIT.failed),
  );
}

await runCommand({
  usage: AUDIT,
  parse: readAuditOptions,
  run,
  explain: explainWith({
    permissions:
      'cloudformation:DescribeStacks, cognito-idp:AdminGetUser (--user; --sub does without), dynamodb:Query and dynamodb:GetItem ' +
      '(--user, --sub), dynamodb:Scan (otherwise)',
    missing: 'the table or the user pool',
  }),
});
