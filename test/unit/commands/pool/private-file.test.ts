import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  alone,
  readPrivateFile,
  requireWritable,
  writePrivateFile,
} from '../../../../commands/pool/private-file.ts';
import { EXIT } from '../../../../shared/command/failure.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'private-'));
  path = join(folder, 'kept.json');
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('a file', () => {
  it('is read as it was written last, and by its owner alone', () => {
    writeFileSync(path, 'of somebody with other rights', { mode: 0o644 });

    writePrivateFile(path, 'first');
    writePrivateFile(path, 'second');

    expect(readPrivateFile(path)).toBe('second');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['kept.json']);
  });

  it('that is not there has no text', () => {
    expect(readPrivateFile(path)).toBeUndefined();
    expect(() => readPrivateFile(folder)).toThrow(expect.objectContaining({ exit: EXIT.usage }));
  });

  it('is as it was where it cannot be written, and nothing lies beside it', () => {
    mkdirSync(path);

    expect(() => writePrivateFile(path, 'text')).toThrow(expect.objectContaining({ syscall: 'rename' }));

    expect(statSync(path).isDirectory()).toBe(true);
    expect(readdirSync(folder)).toEqual(['kept.json']);
  });

  it('is written although an ended run has left half of one', () => {
    writeFileSync(`${path}.${process.pid}.new`, 'ha');

    writePrivateFile(path, 'whole');

    expect(readFileSync(path, 'utf8')).toBe('whole');
  });
});

it('says before anything is done that the place cannot be written', () => {
  expect(() => requireWritable(path)).not.toThrow();
  expect(() => requireWritable(join(folder, 'nowhere', 'kept.json'))).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  );
  // Whoever runs as root may write everywhere.
  if (process.getuid?.() === 0) return;
  chmodSync(folder, 0o500);
  expect(() => requireWritable(path)).toThrow(expect.objectContaining({ code: 'EACCES' }));
});

describe('two runs', () => {
  it('do not write at the same time; the second one is refused', () => {
    alone(path, () => {
      expect(() => alone(path, () => 'second')).toThrow(
        expect.objectContaining({
          message: expect.stringContaining(`Another run is writing ${path}`),
          exit: EXIT.refused,
        }),
      );
    });

    expect(alone(path, () => 'third')).toBe('third');
  });

  it('do not stand in the way of each other after a failure', () => {
    const failing = () => {
      throw new Error('disk full');
    };

    expect(() => alone(path, failing)).toThrow('disk full');
    expect(alone(path, () => 'next')).toBe('next');
  });
});
