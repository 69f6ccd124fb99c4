import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openState } from '../../../../local/ground/state.ts';

const ROOT = new URL('../../../../', import.meta.url);

interface Note {
  readonly text: string;
}

const aFolder = () => join(mkdtempSync(join(tmpdir(), 'state-')), 'below');

const aState = (folder = aFolder()) => {
  const state = openState(folder);
  return { folder, ...state, [Symbol.dispose]: () => state.close() };
};

test('keeps documents by kind and id', () => {
  using state = aState();
  const notes = state.documents<Note>('note');
  const others = state.documents<Note>('other');

  notes.put('a', { text: 'one' });

  expect(notes.get('a')).toEqual({ text: 'one' });
  expect(notes.get('b')).toBeUndefined();
  expect(others.get('a')).toBeUndefined();
});

test('replaces a document that is put again, in its old place', () => {
  using state = aState();
  const notes = state.documents<Note>('note');
  for (const id of ['a', 'b', 'c']) notes.put(id, { text: id });

  notes.put('a', { text: 'changed' });

  expect(notes.all().map(({ text }) => text)).toEqual(['changed', 'b', 'c']);
});

test('inserts a document once and says whether it did', () => {
  using state = aState();
  const notes = state.documents<Note>('note');

  const inserted = [notes.insert('a', { text: 'first' }), notes.insert('a', { text: 'second' })];

  expect(inserted).toEqual([true, false]);
  expect(notes.get('a')).toEqual({ text: 'first' });
});

test('deletes a document once and says whether it did', () => {
  using state = aState();
  const notes = state.documents<Note>('note');
  notes.put('a', { text: 'one' });

  const deleted = [notes.delete('a'), notes.delete('a')];

  expect(deleted).toEqual([true, false]);
  expect(notes.all()).toEqual([]);
});

test('has everything, in order, when it is opened again', () => {
  const first = aState();
  for (const id of ['c', 'a', 'b']) first.documents<Note>('note').put(id, { text: id });
  first.close();

  using second = aState(first.folder);

  expect(
    second
      .documents<Note>('note')
      .all()
      .map(({ text }) => text),
  ).toEqual(['c', 'a', 'b']);
});

test('has everything that was written by a process that was killed', () => {
  const folder = aFolder();
  const script = `
    import { openState } from '${new URL('local/ground/state.ts', ROOT)}';
    openState('${folder}').documents('note').put('a', { text: 'one' });
    process.kill(process.pid, 'SIGKILL');
  `;

  const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);

  using state = aState(folder);
  expect(signal).toBe('SIGKILL');
  expect(state.documents<Note>('note').all()).toEqual([{ text: 'one' }]);
});

test('takes any text as an id, and keeps ids apart', () => {
  using state = aState();
  const notes = state.documents<Note>('note');
  const ids = ['', "'; DROP TABLE documents; --", 'é', 'e\u0301', '__proto__', 'A', 'a'];

  for (const id of ids) notes.put(id, { text: id });

  expect(ids.map((id) => notes.get(id)?.text)).toEqual(ids);
});
