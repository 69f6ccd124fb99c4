/** Keeps state that survives `kill -9`: JSON documents in one SQLite file, each written before the call returns. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A named collection of JSON documents. */
export interface Documents<T> {
  get(id: string): T | undefined;
  put(id: string, document: T): void;
  /** Adds the document unless the id is taken. Returns whether it was added. */
  insert(id: string, document: T): boolean;
  /** Returns whether there was such a document. */
  delete(id: string): boolean;
  /** Returns all documents in the order of their first insertion. */
  all(): readonly T[];
}

export interface State {
  documents<T>(kind: string): Documents<T>;
  close(): void;
}

/** Opens the state in `folder`, and creates it if it is missing. */
export const openState = (folder: string): State => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(folder, 'state.sqlite'));
  // WAL with NORMAL keeps every committed write when the process is killed (not when the power fails).
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS documents (
      position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, id TEXT, json TEXT, UNIQUE (kind, id)
    );
  `);
  const select = database.prepare('SELECT json FROM documents WHERE kind = ? AND id = ?');
  const selectAll = database.prepare('SELECT json FROM documents WHERE kind = ? ORDER BY position');
  const insert = database.prepare('INSERT OR IGNORE INTO documents (kind, id, json) VALUES (?, ?, ?)');
  const upsert = database.prepare(
    'INSERT INTO documents (kind, id, json) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json',
  );
  const remove = database.prepare('DELETE FROM documents WHERE kind = ? AND id = ?');

  const parse = (row: unknown) => JSON.parse((row as { json: string }).json);
  return {
    documents: <T>(kind: string): Documents<T> => ({
      get: (id) => {
        const row = select.get(kind, id);
        return row === undefined ? undefined : (parse(row) as T);
      },
      put: (id, document) => void upsert.run(kind, id, JSON.stringify(document)),
      insert: (id, document) => insert.run(kind, id, JSON.stringify(document)).changes === 1,
      delete: (id) => remove.run(kind, id).changes === 1,
      all: () => selectAll.all(kind).map((row) => parse(row) as T),
    }),
    close: () => database.close(),
  };
};
