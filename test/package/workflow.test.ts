import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: { readonly push: { readonly tags: readonly string[] } };
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const TOOLS = new URL('../../.ci/package-tools/package.json', import.meta.url);
const { parse } = createRequire(TOOLS)('yaml') as { parse(text: string): unknown };
const text = readFileSync(new URL('../../.github/workflows/release.yml', import.meta.url), 'utf8');
const { on, permissions, jobs } = parse(text) as Workflow;
const steps = Object.values(jobs).flatMap((job) => job.steps);
const commands = ({ steps }: Job) => steps.map(({ run = '' }) => run).join('\n');

describe('the release workflow', () => {
  it('runs for the tags of versions alone', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
  });

  it('names each action by its commit, and says which version that is', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);

    expect(used.length).toBeGreaterThan(2);
    for (const action of used) {
      expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`${action} # v\\d+\\.\\d+\\.\\d+\\n`));
    }
  });

  it('lets only the job that publishes write anything, and that job runs no code of the project', () => {
    const { build, publish, ...others } = jobs;

    expect(others).toEqual({});
    expect([permissions, build?.permissions]).toEqual([{ contents: 'read' }, undefined]);
    expect(publish?.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
    expect(publish?.needs).toBe('build');
    expect(JSON.stringify(publish)).not.toMatch(/checkout|npm (?:ci|run|install)|npx/);
  });

  it('publishes the package with the local system before the one that asks for it', () => {
    const { publish = { steps: [] } } = jobs;

    expect(commands(publish)).toMatch(
      /cognito-email-otp-local-\*\.tgz \S*cognito-email-otp-\[0-9\]\*\.tgz; do\s+npm publish "\$tarball"/,
    );
  });

  it('checks the tag, runs all of CI and then packs', () => {
    const { build = { steps: [] } } = jobs;

    expect(commands(build)).toMatch(
      /release-notes -- --tag[\s\S]*\.ci\/run[\s\S]*npm pkg set[\s\S]*npm run --silent pack/,
    );
  });

  it('puts nothing into a command that the name of a tag could change', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });
});
