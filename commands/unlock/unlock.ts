/** The command `unlock`: ends the lock of a user, and can make room for further mails. */
import { runCommand } from '../../shared/command/run-command.ts';
import { unlock } from '../../shared/table/unlock.ts';
import { explainWith } from '../common/failure.ts';
import { findUserId } from '../common/find-user.ts';
import { readUnlockOptions, UNLOCK } from './options.ts';
import { openUnlockSource } from './source.ts';

await runCommand({
  usage: UNLOCK,
  parse: readUnlockOptions,
  run: async ({ whose, reason, mails, source }) => {
    using opened = await openUnlockSource(source);
    const userId = await findUserId(opened.findUser, whose);
    console.log(await unlock(opened, { userId, reason, mails }));
  },
  explain: explainWith({
    permissions:
      "cloudformation:DescribeStacks, cognito-idp:AdminGetUser (--user; --sub does without), and sts:AssumeRole on the stack's output UnlockRoleArn; that role may do the rest",
    missing: 'the table or the user pool',
  }),
});
