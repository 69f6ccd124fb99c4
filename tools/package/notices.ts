/** The licences of other people's code that the package's bundles have in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface LicenseNotice {
  /** Name and version. */
  readonly name: string;
  /** The licence's SPDX identifier, as the package gives it. */
  readonly license: string;
  /** The text that the package comes with; empty if it comes with none. */
  readonly text: string;
}

/** The folder of the package that a file belongs to, from the root; none for the project's own files. */
const packageOf = (path: string): readonly string[] =>
  /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path.replaceAll('\\', '/')) ?? [];

const readNotice = (folder: string): LicenseNotice => {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e(?:\.\w+)?$/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(ROOT, folder, file), 'utf8').trim();
  // Old packages have an object.
  return { name: `${name} ${version}`, license: license?.type ?? String(license), text };
};

/** The packages that the files with these paths belong to. */
export const noticesOf = (inputs: readonly string[]): readonly LicenseNotice[] => {
  const notices = [...new Set(inputs.flatMap(packageOf))].map(readNotice);
  return notices.toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

/** The notices as a document; `whole` says what has the code in it. Packages that share a text are above it together. */
export const writeNotices = (notices: readonly LicenseNotice[], whole: string): string => {
  const byText = Map.groupBy(notices, ({ text }) => text);
  const sections = [...byText].map(([text, packages]) => {
    const list = packages.map(({ name, license }) => `- ${name} (${license})`).join('\n');
    return text === '' ? list : `${list}\n\n\`\`\`text\n${text}\n\`\`\``;
  });
  return `# Third-party notices\n\n${whole} have code of these packages in them.\n\n${sections.join('\n\n')}\n`;
};
