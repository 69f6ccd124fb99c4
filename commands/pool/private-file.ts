/** Files that a command keeps for a later run: readable by their owner alone, and never half written. */
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown }).code;

/** Returns its text, or undefined if there is no such file. Throws `CommandError` for a folder, and the errors of the file system. */
export const readPrivateFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'EISDIR') throw usageError(`${path} is a folder; it has to be a file`);
    throw error;
  }
};

/** Where a link leads, which would be replaced otherwise; the path itself if it is none. */
export const linkedPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** Throws the error of the file system if a file could not be written at that path. */
export const requireWritable = (path: string): void => accessSync(dirname(path), constants.W_OK);

const writeNew = (path: string, text: string): void => {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    // What is renamed before it is on the disk may be empty after a loss of power.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Puts the text in the place of what is at the path. Throws the errors of the file system; then the file is as it was. */
export const writePrivateFile = (path: string, text: string): void => {
  const beside = `${path}.${process.pid}.new`;
  rmSync(beside, { force: true });
  try {
    writeNew(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
};

/**
 * Does work that reads and writes the file, while no other run does. The work is synchronous, so that Ctrl-C cannot end it half
 * way. Throws `CommandError` if another run is at it.
 */
export const alone = <Result>(path: string, work: () => Result): Result => {
  const lock = `${path}.lock`;
  try {
    mkdirSync(lock);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new CommandError(
      `Another run is writing ${path} at this moment; nothing was changed. Run the command again. If it stays so and no other one runs, delete the folder ${lock}.`,
      EXIT.refused,
    );
  }
  try {
    return work();
  } finally {
    rmdirSync(lock);
  }
};
