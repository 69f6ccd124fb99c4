/** One run of `npm run rotate-key`: ask, read, plan, write, tell. */
import { type Keyring, parseKeyring } from '../../shared/domain/keyring.ts';
import { RefusedError } from '../common/rotate-key-errors.ts';
import type { Terminal } from '../common/terminal.ts';
import { generateKey, writeKeyring } from './keyring.ts';
import { planRotation, REPLACEMENT } from './plan.ts';
import type { KeyringSource } from './source.ts';
import { CONFIRMATION, QUESTION, toRefusal, toReport, WARNING } from './words.ts';

/** Throws `RefusedError` unless the person agrees. */
export const confirm = async (terminal: Pick<Terminal, 'ask' | 'say'>): Promise<void> => {
  terminal.say(WARNING);
  const answer = await terminal.ask(QUESTION);
  if (answer.trim() !== CONFIRMATION) throw new RefusedError('Nothing was changed.');
};

/** An emergency does not look at the keys that it replaces, so it mends a broken keyring too. */
const keysOf = (text: string, emergency: boolean): Keyring | undefined =>
  emergency ? undefined : parseKeyring(text);

/** Answers what was done. Throws `RefusedError`, `KeyringError`, `KeyringChangedError`, and what AWS refuses. */
export const rotate = async (
  { secret, now }: Pick<KeyringSource, 'secret' | 'now'>,
  emergency: boolean,
): Promise<string> => {
  const { text, versionId: replaced } = await secret.read();
  const time = now();
  const keys = keysOf(text, emergency);
  const plan =
    keys === undefined
      ? REPLACEMENT
      : planRotation(
          keys.map(({ notBefore }) => notBefore),
          time,
        );
  if (plan.kind === 'announced' || plan.kind === 'recent') throw new RefusedError(toRefusal(plan));
  const versionId = await secret.write(writeKeyring(text, plan, generateKey()), replaced);
  return toReport({ plan, now: time, had: keys?.length, secretArn: secret.arn, replaced, versionId });
};
