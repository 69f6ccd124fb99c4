import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resolveRunbookLink, runbookAt, runbookPath } from '../../../../../local/console/runbooks/runbook.ts';

const FILES = readdirSync(new URL('../../../../../docs/runbooks/', import.meta.url));

test.each(FILES)('the alarm that names %s has a link to it', (file) => {
  const name = runbookAt(`docs/runbooks/${file}`);

  expect(`${name}.md`).toBe(file);
  expect(runbookPath(name ?? '')).toBe(`runbooks#${name}`);
});

test('the path of another document is no runbook', () => {
  for (const path of [
    'docs/limits.md',
    'docs/runbooks/../limits.md',
    'https://example.com/docs/runbooks/a.md',
  ]) {
    expect(runbookAt(path)).toBeUndefined();
  }
});

test('a link leads to another runbook or out, and to nothing that the console does not have', () => {
  expect(resolveRunbookLink('never-mailed.md')).toBe('runbooks#never-mailed');
  expect(resolveRunbookLink('workflow-errors.md#look')).toBe('runbooks#workflow-errors');
  expect(resolveRunbookLink('https://docs.aws.amazon.com/ses/')).toBe('https://docs.aws.amazon.com/ses/');
  for (const href of ['../limits.md', 'javascript:alert(1)', '#look']) {
    expect(resolveRunbookLink(href)).toBeUndefined();
  }
});
