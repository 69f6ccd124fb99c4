/** Reads the files that a company has for its mails. What is not as it should be is for `checkMail` to say. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TextFile } from './check-mail.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

const reasonOf = (error: unknown): string => {
  const { code } = error as { readonly code?: unknown };
  if (code === 'EISDIR') return 'is a folder: give a file';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: allow it';
  return 'cannot be read';
};

/** The place in the file is in the message of newer versions of Node. */
const parse = (text: string): TextFile['content'] => {
  try {
    return { kind: 'read', value: JSON.parse(text) as unknown };
  } catch (error) {
    return { kind: 'unreadable', why: `is not JSON: ${(error as Error).message.replaceAll(/\s+/g, ' ')}` };
  }
};

/** What is in a file. Editors on Windows begin it with a mark of its encoding, which is left out. */
export const readJsonFile = (path: string): TextFile['content'] => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { kind: 'unreadable', why: reasonOf(error) };
  }
  try {
    return parse(decoder.decode(bytes));
  } catch {
    return { kind: 'unreadable', why: 'is not UTF-8: save it so' };
  }
};

export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * The files of texts in a folder, in the order of their names. Whatever does not end in `.json` or begins with a dot is none, such as a
 * README, or what macOS leaves behind. Throws if the folder cannot be listed.
 */
export const readTextFiles = (folder: string): readonly TextFile[] =>
  readdirSync(folder)
    .filter((name) => /^[^.].*\.json$/i.test(name))
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      return { name, path, content: readJsonFile(path) };
    });
