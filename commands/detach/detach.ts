/** The command `detach`: takes the second factor off a user pool, and puts back what was there before. */
import { EXIT } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { explainPoolError } from '../pool/failure.ts';
import { openPoolSource } from '../pool/source.ts';
import { createTalk } from '../pool/talk.ts';
import { openUndoFile, undoPath } from '../pool/undo-file.ts';
import { DETACH, readDetachOptions } from './options.ts';
import { detachPool } from './run.ts';

process.once('SIGINT', () => {
  console.error('Interrupted. The undo file is still there: run the command again to go on.');
  process.exit(EXIT.interrupted);
});

await runCommand({
  usage: DETACH,
  parse: (args) => readDetachOptions(args, process.stdin.isTTY === true),
  run: async (options) => {
    using source = await openPoolSource(options.source, DETACH.name, options.poolId);
    const { userPoolId } = source.deployment;
    const undo = openUndoFile(options.undo ?? undoPath(userPoolId), userPoolId);
    await detachPool({ source, options, undo, talk: createTalk(options) });
  },
  explain: explainPoolError(),
});
