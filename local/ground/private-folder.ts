/** Keeps what the local system writes from other users of the machine: codes are in its mails, keys and verifiers in its state. */
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What the system has in its folder, wherever that is. */
const OWN = /^(?:state|logs|unpacked|cdk\.out(?:\.2)?|outputs\.json|lock\.sqlite(?:-\w+)?)$/;

const restrict = (path: string): void => {
  const stats = lstatSync(path);
  if (stats.isFile()) chmodSync(path, 0o600);
  if (!stats.isDirectory()) return;
  chmodSync(path, 0o700);
  for (const name of readdirSync(path)) restrict(join(path, name));
};

/** The folders of the project, into which its tests write too. */
const PROJECT_FOLDER = /^\.local/;

/**
 * Creates the folder if it is missing, and takes the rights of all others from it and from what an earlier start left in it.
 * Another folder that has other things in it keeps its own mode, for instance the project's root.
 */
export const keepPrivate = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder);
  const isOwn = PROJECT_FOLDER.test(basename(folder)) || names.every((name) => OWN.test(name));
  if (isOwn) chmodSync(folder, 0o700);
  for (const name of names) if (OWN.test(name)) restrict(join(folder, name));
};
