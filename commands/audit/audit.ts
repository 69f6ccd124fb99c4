/** `npm run audit`: what became of codes, from the audit trail of the local system or of a deployed stack. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { explain } from '../common/audit-errors.ts';
import { guardJson, guardStanding, guardText } from '../common/guard-standing.ts';
import { asksForHelp } from '../common/source.ts';
import { AUDIT_USAGE, type AuditOptions, EXIT, readAuditOptions } from './options.ts';
import { toJson, toSummary, toText } from './output.ts';
import { createProgress, type Progress } from './progress.ts';
import { NothingFoundError, type Search, search } from './search.ts';
import { type AuditSource, openAuditSource } from './source.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const print = async (text: string): Promise<void> => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
};

/** Prints each challenge as it arrives; answers how many. */
const printAll = async (
  { challenges }: Search,
  format: typeof toText,
  now: number,
  progress: Progress,
): Promise<number> => {
  let shown = 0;
  for await (const challenge of challenges) {
    progress.clear();
    await print(format(challenge, now));
    shown += 1;
  }
  return shown;
};

/** Also for a user without a challenge in the range: it may be the lock that keeps them from having one. */
const printGuard = async ({ guards, limits, now }: AuditSource, userId: string, json: boolean) => {
  const guard = await guards.readGuard(userId);
  const standing = guardStanding(guard, now, limits);
  if (standing === undefined) return;
  await print(json ? guardJson(userId, guard, now, limits) : guardText(userId, standing));
};

const nothingFound = ({ challengeId, whose }: AuditOptions): NothingFoundError => {
  if (challengeId === undefined) {
    return new NothingFoundError(
      'There is no challenge in that time; --since 7d, for instance, goes further back.',
    );
  }
  const ofWhom = whose.kind === 'everyone' ? '' : ' of that user';
  return new NothingFoundError(
    `There is no such challenge${ofWhom}. Trails end with the time auditRetention.`,
  );
};

const run = async (options: AuditOptions, progress: Progress): Promise<void> => {
  const { challengeId, whose, since, limit, json } = options;
  using source = await openAuditSource(options.source, ROOT);
  if (challengeId !== undefined && whose.kind === 'everyone') {
    console.error('Reading the table until the challenge is found; with --user or --sub it is one read.');
  }
  const found = await search(source, options, progress.note);
  const shown = await printAll(found, json ? toJson : toText, source.now, progress);
  if (challengeId === undefined && found.userId !== undefined) await printGuard(source, found.userId, json);
  if (shown === 0) throw nothingFound(options);
  if (challengeId !== undefined) return;
  const complete = whose.kind === 'everyone' || shown !== limit;
  progress.clear();
  console.error(toSummary(found.tally, { since: since(source.now), shown, complete }));
};

using progress = createProgress(process.stderr);
const quit = (exit: number) => {
  progress.clear();
  process.exit(exit);
};
process.on('SIGINT', () => quit(EXIT.interrupted));
process.on('SIGTERM', () => quit(EXIT.ended));
// Whoever closes the pipe, such as `head`, has what they wanted.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? EXIT.found : EXIT.failed),
  );
}

try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) await print(`${AUDIT_USAGE}\n`);
  else await run(readAuditOptions(args), progress);
} catch (error) {
  const { text, exit } = explain(error);
  progress.clear();
  console.error(text);
  process.exitCode = exit;
}
