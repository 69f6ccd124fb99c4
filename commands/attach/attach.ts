/** The command `attach`: adds the second factor to a user pool that exists. */
import { EXIT } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { explainPoolError } from '../pool/failure.ts';
import { openPoolSource } from '../pool/source.ts';
import { createTalk } from '../pool/talk.ts';
import { openUndoFile, undoPath } from '../pool/undo-file.ts';
import { reportDrift } from './check.ts';
import { ATTACH, type AttachOptions, readAttachOptions } from './options.ts';
import { revokeClients } from './revoke.ts';
import { attachPool, showPlan } from './run.ts';

const run = async (options: AttachOptions): Promise<void> => {
  using source = await openPoolSource(options.source, ATTACH.name, options.poolId);
  const talk = createTalk(options);
  const { userPoolId } = source.deployment;
  const undo = openUndoFile(options.undo ?? undoPath(userPoolId), userPoolId);
  switch (options.task) {
    case 'check':
      return reportDrift(source, options.accept, talk);
    case 'revoke':
      return revokeClients({ source, talk, undoPath: undo.path });
    case 'plan':
      return showPlan({ source, options, undo, talk });
    case 'attach':
      return attachPool({ source, options, undo, talk });
  }
};

process.once('SIGINT', () => {
  console.error('Interrupted. What was done is kept: run the command again to go on.');
  process.exit(EXIT.interrupted);
});

await runCommand({
  usage: ATTACH,
  parse: (args) => readAttachOptions(args, process.stdin.isTTY === true),
  run,
  explain: explainPoolError('cognito-idp:ListUsers and cognito-idp:AdminUserGlobalSignOut (--revoke)'),
});
