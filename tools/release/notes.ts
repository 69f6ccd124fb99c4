/** What CHANGELOG.md says of a release. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';

const refused = (problem: string): CommandError => new CommandError(problem, EXIT.refused);

interface Section {
  readonly title: string;
  readonly text: string;
}

const sectionsOf = (changelog: string): readonly Section[] =>
  changelog
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return { title: title.trim(), text: lines.join('\n').trim() };
    });

/**
 * Returns the text of the section `## <version> - <date>`. Throws `CommandError` if the tag is not `v<version>`, if there is no such
 * section or nothing in it, and if changes are still under `Unreleased`.
 */
export const releaseNotes = (tag: string, version: string, changelog: string): string => {
  if (tag !== `v${version}`) throw refused(`The tag ${tag} is not that of version ${version}: v${version}`);
  const sections = sectionsOf(changelog);
  const waiting = sections.find(({ title }) => title === 'Unreleased');
  if (waiting?.text) throw refused('CHANGELOG.md still has changes under Unreleased');
  const section = sections.find(({ title }) => title.startsWith(`${version} - `));
  if (section === undefined || !/ - \d{4}-\d{2}-\d{2}$/.test(section.title) || section.text === '') {
    throw refused(`CHANGELOG.md has no section "## ${version} - <date>" with changes in it`);
  }
  return section.text;
};
