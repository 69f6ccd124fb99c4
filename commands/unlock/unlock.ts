/** `npm run unlock`: ends the lock of a user who gave too many wrong codes. */
import { runCommand } from '../../shared/command/run-command.ts';
import { explainWith } from '../common/failure.ts';
import { readUnlockOptions, UNLOCK } from './options.ts';
import { unlock } from './run.ts';
import { openUnlockSource } from './source.ts';

await runCommand({
  usage: UNLOCK,
  parse: readUnlockOptions,
  run: async ({ userId, reason, source }) => {
    using opened = await openUnlockSource(source);
    console.log(await unlock(opened, { userId, reason }));
  },
  explain: explainWith({
    permissions:
      "cloudformation:DescribeStacks, and sts:AssumeRole on the stack's output UnlockRoleArn; that role may do the rest",
    missing: 'the table',
  }),
});
