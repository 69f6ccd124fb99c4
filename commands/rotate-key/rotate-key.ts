/** The command `rotate-key`: gives the codes of the local system or of a deployed stack a new key. */
import { EXIT } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { explainWith } from '../common/failure.ts';
import { openTerminal } from '../common/terminal.ts';
import { ROTATE_KEY, type RotateKeyOptions, readRotateKeyOptions } from './options.ts';
import { confirm, rotate } from './run.ts';
import { openKeyringSource } from './source.ts';
import { WARNING } from './words.ts';

const askFirst = async (): Promise<void> => {
  using terminal = openTerminal(EXIT.refused);
  await confirm(terminal);
};

const run = async ({ emergency, yes, source }: RotateKeyOptions): Promise<void> => {
  if (emergency && yes) console.log(WARNING);
  if (emergency && !yes) await askFirst();
  // This reads the service's time, so it must come after the question, which may wait long for its reply.
  using keyring = await openKeyringSource(source);
  console.log(await rotate(keyring, emergency));
};

await runCommand({
  usage: ROTATE_KEY,
  parse: (args) => readRotateKeyOptions(args, process.stdin.isTTY === true),
  run,
  explain: explainWith({
    permissions:
      "cloudformation:DescribeStacks, and sts:AssumeRole on the stack's output KeyRotationRoleArn; that role may do the rest",
    missing: "the keyring's secret",
  }),
});
