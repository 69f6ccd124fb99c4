import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openUndoFile, undoPath } from '../../../../commands/pool/undo-file.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import type { PoolChange } from '../../../../shared/pool/changes.ts';

const POOL_ID = 'eu-west-1_Abc';
const KIND = 'what cognito-email-otp attach has changed';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'undo-'));
  path = join(folder, 'undo.json');
  return () => rmSync(folder, { recursive: true, force: true });
});

const change = (property: string, before: unknown, after: unknown): PoolChange => ({
  at: 'pool',
  property,
  ...(before !== undefined && { before }),
  after,
});

it('is in the current folder under the name of the pool, unless somebody says otherwise', () => {
  expect(undoPath(POOL_ID)).toBe('attached-eu-west-1_Abc.json');
});

describe('an undo file', () => {
  it('keeps what was there before the first of several runs', () => {
    const undo = openUndoFile(path, POOL_ID);
    undo.keep([change('DeletionProtection', 'INACTIVE', 'ACTIVE'), change('MfaConfiguration', 'ON', 'OFF')]);
    undo.keep([
      change('DeletionProtection', 'ACTIVE', 'INACTIVE'),
      change('DeviceConfiguration', {}, undefined),
    ]);

    const kept = openUndoFile(path, POOL_ID).read();
    expect(kept.map(({ property, before }) => [property, before]).toSorted()).toEqual([
      ['DeletionProtection', 'INACTIVE'],
      ['DeviceConfiguration', {}],
      ['MfaConfiguration', 'ON'],
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['undo.json']);
  });

  it('keeps nothing as long as nothing was changed', () => {
    const undo = openUndoFile(path, POOL_ID);

    expect(undo.read()).toEqual([]);
    expect(undo.setAside([])).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  });

  it('of another pool is neither read nor changed', () => {
    openUndoFile(path, 'eu-west-1_Other').keep([change('MfaConfiguration', 'ON', 'OFF')]);
    const before = readFileSync(path, 'utf8');
    const undo = openUndoFile(path, POOL_ID);
    const ofOther = expect.objectContaining({
      message: `${path} is of the user pool eu-west-1_Other, not of ${POOL_ID}. Name another one with --undo.`,
      exit: EXIT.refused,
    });

    expect(() => undo.read()).toThrow(ofOther);
    expect(() => undo.keep([])).toThrow(ofOther);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(['undo.json']);
  });

  it.each([
    'no JSON',
    '[]',
    JSON.stringify({ userPoolId: POOL_ID, changes: [] }),
    JSON.stringify({ kind: KIND, userPoolId: POOL_ID, changes: [{ at: 'pool' }] }),
  ])('that is none is not used: %s', (text) => {
    writeFileSync(path, text);

    expect(() => openUndoFile(path, POOL_ID).read()).toThrow(
      expect.objectContaining({ message: expect.stringContaining('is no undo file'), exit: EXIT.refused }),
    );
  });

  it('is set aside under another name once all is undone', () => {
    const undo = openUndoFile(path, POOL_ID);
    undo.keep([change('MfaConfiguration', 'ON', 'OFF')]);

    expect(undo.setAside(undo.read())).toBe(`${path}.undone`);
    expect(undo.read()).toEqual([]);
    expect(openUndoFile(`${path}.undone`, POOL_ID).read()).toHaveLength(1);
  });

  it('in which another run has kept more since it was read stays', () => {
    const undo = openUndoFile(path, POOL_ID);
    undo.keep([change('MfaConfiguration', 'ON', 'OFF')]);
    const undone = undo.read();
    openUndoFile(path, POOL_ID).keep([change('DeletionProtection', 'INACTIVE', 'ACTIVE')]);

    expect(() => undo.setAside(undone)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('stays as it is'), exit: EXIT.failed }),
    );
    expect(undo.read()).toHaveLength(2);
  });

  it('that another run is writing is left to it', () => {
    const undo = openUndoFile(path, POOL_ID);
    writeFileSync(`${path}.lock`, '');
    const refused = expect.objectContaining({ exit: EXIT.refused });

    expect(() => undo.keep([])).toThrow(refused);
    expect(() => undo.setAside([])).toThrow(refused);
    expect(existsSync(path)).toBe(false);
  });

  it('that is a link is written where the link leads', () => {
    const link = join(folder, 'link.json');
    writeFileSync(path, JSON.stringify({ kind: KIND, userPoolId: POOL_ID, changes: [] }));
    symlinkSync(path, link);

    openUndoFile(link, POOL_ID).keep([change('MfaConfiguration', 'ON', 'OFF')]);

    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(openUndoFile(path, POOL_ID).read()).toHaveLength(1);
  });

  it('cannot be a folder', () => {
    expect(() => openUndoFile(folder, POOL_ID).read()).toThrow(
      expect.objectContaining({ message: `${folder} is a folder; it has to be a file`, exit: EXIT.usage }),
    );
  });
});
