/** One run of the command `rotate-key`: ask, read, plan, write, report. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { type Keyring, KeyringError, parseKeyring } from '../../shared/domain/keyring.ts';
import type { Terminal } from '../common/terminal.ts';
import { generateKey, writeKeyring } from './keyring.ts';
import { planRotation, REPLACEMENT } from './plan.ts';
import type { KeyringSource } from './source.ts';
import { CONFIRMATION, QUESTION, toRefusal, toReport, WARNING } from './words.ts';

/** Throws `CommandError` unless the person agrees. */
export const confirm = async (terminal: Pick<Terminal, 'ask' | 'say'>): Promise<void> => {
  terminal.say(WARNING);
  const answer = await terminal.ask(QUESTION);
  if (answer.trim() !== CONFIRMATION) throw new CommandError('Nothing was changed.', EXIT.refused);
};

const readKeyring = (text: string): Keyring => {
  try {
    return parseKeyring(text);
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error;
    const advice =
      'Correct it in Secrets Manager; or --emergency replaces it by a keyring that works, and ends the codes that are out.';
    throw new CommandError(`${error.message}, so nobody can sign in. ${advice}`, EXIT.failed);
  }
};

/** An emergency does not look at the keys that it replaces, so it repairs a broken keyring too. */
const keysOf = (text: string, emergency: boolean): Keyring | undefined =>
  emergency ? undefined : readKeyring(text);

/** Returns a report of what was done. Throws `CommandError`, and the errors of AWS. */
export const rotate = async (
  { secret, now }: Pick<KeyringSource, 'secret' | 'now'>,
  emergency: boolean,
): Promise<string> => {
  const { text, versionId: replaced } = await secret.read();
  const keys = keysOf(text, emergency);
  const plan =
    keys === undefined
      ? REPLACEMENT
      : planRotation(
          keys.map(({ notBefore }) => notBefore),
          now,
        );
  if (plan.kind === 'announced' || plan.kind === 'recent') {
    throw new CommandError(toRefusal(plan), EXIT.refused);
  }
  const versionId = await secret.write(writeKeyring(text, plan, generateKey()), replaced);
  return toReport({ plan, now, had: keys?.length, secretArn: secret.arn, replaced, versionId });
};
