import { describe, expect, it } from 'vitest';
import { confirm, rotate } from '../../../../commands/rotate-key/run.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import { parseKeyring } from '../../../../shared/domain/keyring.ts';
import { MINUTE, NOW } from '../../../support/table/challenges.ts';

const OLD = 'old-'.padEnd(64, 'o');
const EPOCH = '1970-01-01T00:00:00.000Z';

/** A secret with this text, and what was written in its place. */
const aSource = (text: string) => {
  const written: { text: string; replaced: string }[] = [];
  return {
    written,
    now: NOW,
    secret: {
      arn: 'arn:secret',
      read: async () => ({ text, versionId: 'version-1' }),
      write: async (next: string, replaced: string) => {
        written.push({ text: next, replaced });
        return 'version-2';
      },
    },
  };
};

const keysIn = (text: string): readonly string[] => Object.values(JSON.parse(text));

describe('a rotation', () => {
  it('adds a key in place of the version that it has read, and says when it holds and where', async () => {
    const source = aSource(JSON.stringify({ [EPOCH]: OLD }));

    const report = await rotate(source, false);

    const [{ text, replaced } = { text: '', replaced: '' }] = source.written;
    expect(replaced).toBe('version-1');
    expect(parseKeyring(text).map(({ notBefore }) => notBefore)).toEqual([NOW + 10 * MINUTE, 0]);
    expect(report).toContain('from 2025-01-15T12:10:00.000Z on, in 10 min. Codes that are out keep working.');
    expect(report).toContain('Keys kept: 1, dropped because no code can need them any more: 0.');
    expect(report).toContain('Version version-2 of arn:secret took the place of version-1.');
    for (const key of keysIn(text)) expect(report).not.toContain(key);
  });

  it('changes nothing when it is too early, and says when it may be', async () => {
    const source = aSource(JSON.stringify({ [EPOCH]: OLD, '2025-01-15T11:00:00.000Z': OLD }));

    const refused = rotate(source, false);

    await expect(refused).rejects.toMatchObject({ exit: EXIT.refused });
    await expect(refused).rejects.toThrow(
      /at 2025-01-15T10:50.*less than a day ago.*from 2025-01-16T10:50:00.000Z on/,
    );
    expect(source.written).toEqual([]);
  });

  it('changes nothing while a key is announced', async () => {
    const source = aSource(JSON.stringify({ [EPOCH]: OLD, '2025-01-15T12:03:00.000Z': OLD }));

    await expect(rotate(source, false)).rejects.toThrow(/not in force yet.*from 2025-01-15T12:03:00.000Z on/);
    expect(source.written).toEqual([]);
  });

  it.each([
    ['is not a JSON object', '{"broken'],
    ['holds no key', '{}'],
    [
      'has two keys for one moment, 1970-01-01T00:00:00.000Z',
      JSON.stringify({ [EPOCH]: OLD, '1970-01-01T00:00:00Z': OLD }),
    ],
    [
      'has a key for 2025-02-30T00:00:00Z, a time that does not exist',
      JSON.stringify({ [EPOCH]: OLD, '2025-02-30T00:00:00Z': OLD }),
    ],
  ])('does not touch a keyring that nobody can use, and says why: it %s', async (why, text) => {
    const source = aSource(text);

    await expect(rotate(source, false)).rejects.toMatchObject({
      message: expect.stringMatching(
        new RegExp(`${why}, so nobody can sign in\\. Correct it .* --emergency replaces it`),
      ),
      exit: EXIT.failed,
    });
    expect(source.written).toEqual([]);
  });
});

describe('an emergency', () => {
  it.each([
    ['a keyring', JSON.stringify({ [EPOCH]: OLD })],
    ['one that was just rotated', JSON.stringify({ [EPOCH]: OLD, '2025-01-15T12:03:00.000Z': OLD })],
    ['what is no keyring', '{"broken'],
  ])('replaces %s by one new key for all challenges', async (_, before) => {
    const source = aSource(before);

    const report = await rotate(source, true);

    const [{ text, replaced } = { text: '', replaced: '' }] = source.written;
    expect(replaced).toBe('version-1');
    expect(parseKeyring(text).map(({ notBefore }) => notBefore)).toEqual([0]);
    expect(keysIn(text)).not.toContain(OLD);
    expect(report).toContain('All keys are replaced by a new one');
    for (const key of keysIn(text)) expect(report).not.toContain(key);
  });
});

describe('before an emergency', () => {
  const terminal = (answer: string) => {
    const said: string[] = [];
    return { said, say: (text: string) => void said.push(text), ask: async () => answer };
  };

  it('somebody is told what breaks and has to agree in words', async () => {
    const person = terminal(' replace all keys ');

    await confirm(person);

    const said = person.said.join();
    expect(said).toContain('Every code that is out stops working within 5 min');
    expect(said).toContain('have to ask for a new one');
    expect(said).toContain('docs/key-rotation.md');
  });

  it.each(['', 'y', 'yes', 'no'])('"%s" is not agreement', async (answer) => {
    await expect(confirm(terminal(answer))).rejects.toMatchObject({
      message: 'Nothing was changed.',
      exit: EXIT.refused,
    });
  });
});
