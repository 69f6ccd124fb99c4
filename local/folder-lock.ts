/** Makes sure that only one local system at a time works in a folder. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CommandError, EXIT } from '../shared/command/failure.ts';
import { callOf } from '../shared/command/place.ts';
import { keepPrivate } from './ground/private-folder.ts';

export interface FolderLock {
  release(): void;
}

/**
 * The lock is an open transaction, which ends with the process, even if that is killed. Throws `CommandError` if another
 * process works in the folder.
 */
export const lockFolder = (folder: string): FolderLock => {
  keepPrivate(folder);
  const database = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new CommandError(
      `The folder ${folder} is in use by another local system. End that one, or choose another folder: ${callOf('start', '--folder .local-2')}`,
      EXIT.failed,
    );
  }
  return { release: () => database.close() };
};
