/** Remembers how far a sign-out of everybody has come, beside the undo file, so that a run that was ended can go on. */
import { rmSync } from 'node:fs';
import { type Json, jsonObject } from '../../shared/pool/json.ts';
import { readPrivateFile, requireWritable, writePrivateFile } from '../pool/private-file.ts';
import type { Reached } from './sign-out.ts';

/** A sign-out that has begun. */
export interface Begun extends Reached {
  /** In epoch milliseconds: everybody who is counted was signed out since. */
  readonly startedAt: number;
}

export interface ReachedFile {
  readonly path: string;
  /** Undefined if there is none, or none that can go on. */
  read(now: number): Begun | undefined;
  /** Throws the errors of the file system, as the following. */
  requireWritable(): void;
  write(begun: Begun): void;
  remove(): void;
}

/** After a day it begins again: by then the clients may have been opened and closed once more. */
const GOES_ON_MS = 24 * 3_600_000;

const parsed = (text: string | undefined): Json => {
  try {
    return jsonObject(JSON.parse(text ?? ''));
  } catch {
    return {};
  }
};

/** `what` is what is revoked. With anything else, it begins again. */
export const openReachedFile = (undoPath: string, what: string): ReachedFile => {
  const path = `${undoPath}.signed-out`;
  return {
    path,
    read: (now) => {
      const { startedAt, page, users, what: ofThis } = parsed(readPrivateFile(path));
      const isUsable =
        ofThis === what &&
        typeof page === 'string' &&
        typeof users === 'number' &&
        typeof startedAt === 'number';
      return isUsable && startedAt <= now && now < startedAt + GOES_ON_MS
        ? { startedAt, page, users }
        : undefined;
    },
    requireWritable: () => requireWritable(path),
    write: (begun) => writePrivateFile(path, `${JSON.stringify({ what, ...begun })}\n`),
    remove: () => rmSync(path, { force: true }),
  };
};
