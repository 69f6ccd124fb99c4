/** `npm run release-notes`: prints what CHANGELOG.md says of a release, and refuses a tag that is not ready. */
import { readFileSync } from 'node:fs';
import { usageError } from '../../shared/command/failure.ts';
import { type Options, readValues } from '../../shared/command/options.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { readManifest } from '../package/manifest.ts';
import { releaseNotes } from './notes.ts';

const CHANGELOG = new URL('../../CHANGELOG.md', import.meta.url);

const OPTIONS = {
  tag: { kind: 'text', value: 'tag', words: 'the tag of the release, for example v0.2.0' },
} satisfies Options;

await runCommand({
  usage: {
    name: 'release-notes',
    synopsis: '--tag <tag>',
    summary: 'prints what CHANGELOG.md says of a release; refuses a tag that is not that of package.json',
    options: OPTIONS,
    exits: { refused: 'the release is not ready' },
  },
  parse: (args) => {
    const { tag } = readValues(OPTIONS, args);
    if (tag === undefined) throw usageError('--tag is missing');
    return tag;
  },
  run: async (tag) => {
    console.log(releaseNotes(tag, readManifest().version, readFileSync(CHANGELOG, 'utf8')));
  },
});
