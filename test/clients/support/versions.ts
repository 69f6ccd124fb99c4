/** The clients' versions, which are pinned. */
import { readFileSync } from 'node:fs';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const { devDependencies } = JSON.parse(read('../../../package.json')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};
const pythonPackages = Object.fromEntries(
  [...read('../requirements.txt').matchAll(/^([\w-]+)==(\S+)$/gm)].map(([, name, version]) => [
    name,
    version,
  ]),
);

/** Name and version of a package of npm or PyPI. */
export const named = (name: string): string => {
  const version = devDependencies[name] ?? pythonPackages[name];
  if (version === undefined) throw new Error(`${name} is not pinned`);
  return `${name} ${version}`;
};
