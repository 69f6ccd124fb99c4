/** The undo file: what `attach` has changed in a pool, and what was there before. `detach` puts that back. */
import { renameSync } from 'node:fs';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { mergeChanges, type PoolChange } from '../../shared/pool/changes.ts';
import { isSame, jsonObject } from '../../shared/pool/json.ts';
import { readKept } from '../../shared/pool/kept.ts';
import { alone, linkedPath, readPrivateFile, requireWritable, writePrivateFile } from './private-file.ts';

export interface UndoFile {
  readonly path: string;
  /** The changes that are kept; empty if there is no such file. Throws `CommandError` for another pool's, or one that cannot be used. */
  read(): readonly PoolChange[];
  /** Throws the error of the file system if it could not be written. */
  requireWritable(): void;
  /** Adds changes to those that are kept. Throws as `read`, and if another run is at it. */
  keep(changes: readonly PoolChange[]): void;
  /**
   * Gives it another name, once everything that was `read` is undone. Returns that name; undefined if there is no such file. Throws
   * `CommandError` if more is kept meanwhile.
   */
  setAside(undone: readonly PoolChange[]): string | undefined;
}

/** In the file, so that nobody takes another one for it. */
const KIND = 'what cognito-email-otp attach has changed';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const parseUndo = (path: string, text: string, userPoolId: string): readonly PoolChange[] => {
  const { kind, changes, userPoolId: ofPool } = jsonObject(parsed(text));
  const refuse = (why: string) => new CommandError(`${path} ${why}`, EXIT.refused);
  const kept = readKept(changes);
  if (kind !== KIND || kept === undefined) {
    throw refuse('is no undo file. Name another one with --undo.');
  }
  if (ofPool !== userPoolId) {
    throw refuse(`is of the user pool ${ofPool}, not of ${userPoolId}. Name another one with --undo.`);
  }
  return kept;
};

/** How to go on where the stack sets the triggers, but what was there before it is in the undo file at `path`. */
export const strandedWords = (path: string): string =>
  `${path} says what was in the triggers before this command set them. The stack, which sets them now, does not know that. Deploy it with attachBy: 'command', and detach with this file before the stack attaches the pool again.`;

/** Where the undo file of a pool is unless somebody names another place: in the folder in which the command was called. */
export const undoPath = (userPoolId: string): string => `attached-${userPoolId}.json`;

/** Reads and writes nothing until it is used. */
export const openUndoFile = (name: string, userPoolId: string): UndoFile => {
  const path = linkedPath(name);
  const read = (): readonly PoolChange[] => {
    const text = readPrivateFile(path);
    return text === undefined ? [] : parseUndo(path, text, userPoolId);
  };
  return {
    path,
    read,
    requireWritable: () => requireWritable(path),
    keep: (changes) =>
      alone(path, () => {
        const text = JSON.stringify(
          { kind: KIND, userPoolId, changes: mergeChanges(read(), changes) },
          undefined,
          2,
        );
        writePrivateFile(path, `${text}\n`);
      }),
    setAside: (undone) =>
      alone(path, () => {
        if (readPrivateFile(path) === undefined) return undefined;
        if (!isSame(read(), undone)) {
          throw new CommandError(
            `Another run has kept more in ${path} meanwhile, so it stays as it is. Run the command again.`,
            EXIT.failed,
          );
        }
        const aside = `${path}.undone`;
        renameSync(path, aside);
        return aside;
      }),
  };
};
