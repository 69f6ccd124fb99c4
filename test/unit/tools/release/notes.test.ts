import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { releaseNotes } from '../../../../tools/release/notes.ts';

const CHANGELOG = `# Changelog

## Unreleased

## 1.2.3 - 2026-11-30

### Added

- A thing.

## 1.2.2 - 2026-11-21

- Another.
`;

describe('the notes of a release', () => {
  it('are the section of its version', () => {
    expect(releaseNotes('v1.2.3', '1.2.3', CHANGELOG)).toBe('### Added\n\n- A thing.');
    expect(releaseNotes('v1.2.2', '1.2.2', CHANGELOG)).toBe('- Another.');
  });

  it('are refused with an exit code that the help has', () => {
    const commands = readFileSync(new URL('../../../../docs/commands.md', import.meta.url), 'utf8');
    const [help = ''] = /^npm run release-notes -- [\s\S]*?```/m.exec(commands) ?? [];

    expect(() => releaseNotes('v1.2.4', '1.2.3', CHANGELOG)).toThrow(expect.objectContaining({ exit: 4 }));
    expect(help).toMatch(/^Exit codes: .*\b4 the release is not ready/m);
  });

  it.each([
    ['the tag is of another version', 'v1.2.4', '1.2.3', CHANGELOG, /v1\.2\.4.*v1\.2\.3/],
    ['the tag has no v', '1.2.3', '1.2.3', CHANGELOG, /not that of version/],
    ['there is no section', 'v1.3.0', '1.3.0', CHANGELOG, /no section "## 1\.3\.0/],
    ['a longer version begins alike', 'v1.2.3', '1.2.3', '## 1.2.30 - 2026-11-30\n\n- x', /no section/],
    ['the section has no date', 'v1.2.3', '1.2.3', '## 1.2.3 - unreleased\n\n- x', /no section/],
    [
      'the section is empty',
      'v1.2.3',
      '1.2.3',
      '## 1.2.3 - 2026-11-30\n\n## 1.2.2 - 2026-11-21\n',
      /no section/,
    ],
    [
      'changes are not yet in it',
      'v1.2.3',
      '1.2.3',
      CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n- x\n'),
      /Unreleased/,
    ],
  ])('are refused if %s', (_, tag, version, changelog, message) => {
    expect(() => releaseNotes(tag, version, changelog)).toThrow(message);
  });
});
