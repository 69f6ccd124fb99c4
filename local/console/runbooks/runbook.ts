/** The addresses of runbooks: of their files in the repository, and of the page that shows them. */
/** The overview of all of them. */
export const OVERVIEW = 'README';

/** Returns the name of the runbook at `docs/runbooks/<name>.md`; undefined for another path. */
export const runbookAt = (path: string): string | undefined =>
  /^docs\/runbooks\/([\w-]+)\.md$/.exec(path)?.[1];

export const runbookPath = (name: string): string => `runbooks#${name}`;

/** A link to another runbook leads to it; one to another document leads nowhere, because the console has only runbooks. */
export const resolveRunbookLink = (href: string): string | undefined => {
  if (/^https?:\/\//.test(href)) return href;
  const [, name] = /^(?:\.\/)?([\w-]+)\.md(?:#.*)?$/.exec(href) ?? [];
  return name === undefined ? undefined : runbookPath(name);
};
