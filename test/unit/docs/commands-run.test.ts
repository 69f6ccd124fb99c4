import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../structure/sources.ts';

// The commands that a document tells an adopter to type are typed by a test, word by word, or the document says that they are not.

/** By the document: the test that runs its commands. */
const RUN: Readonly<Record<string, string>> = {
  'docs/adopt/cdk.md': 'test/deploy/adopt/documents.test.ts',
  'docs/local.md': 'test/package/local-e2e.test.ts',
  'examples/aws-cli/README.md': 'test/deploy/adopt/aws-cli.test.ts',
  'examples/branded-mail/README.md': 'test/deploy/adopt/examples.test.ts',
  'examples/code-step-plain/README.md': 'test/package/client/web-examples.test.ts',
  'examples/code-step-react/README.md': 'test/package/client/web-examples.test.ts',
  'examples/code-step-vue/README.md': 'test/package/client/web-examples.test.ts',
  'examples/local-e2e/README.md': 'test/package/local-e2e.test.ts',
  'examples/own-pool/README.md': 'test/deploy/adopt/examples.test.ts',
  'examples/pre-token-function/README.md': 'test/deploy/adopt/examples.test.ts',
  'examples/sam/README.md': 'test/deploy/adopt/sam.test.ts',
  'examples/two-environments/README.md': 'test/deploy/adopt/examples.test.ts',
};

/** By the document: what it says of its commands, for what cannot be had in a test. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'docs/adopt/amplify.md': 'A whole Amplify app was not deployed.',
  'examples/amplify-gen2/README.md': 'A whole Amplify app was not deployed.',
  'examples/terraform/README.md': 'not been planned or applied',
};

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const withCommands = globSync(['docs/adopt/*.md', 'docs/local.md', 'examples/*/README.md'], { cwd: ROOT })
  .filter((path) => /^```sh$/m.test(read(path)))
  .toSorted();

test('each document with commands for adopters has its test, or says that nobody has run them', () => {
  expect(withCommands).toEqual([...Object.keys(RUN), ...Object.keys(NOT_RUN)].toSorted());
  for (const [document, by] of Object.entries(RUN)) {
    expect(existsSync(join(ROOT, by)), by).toBe(true);
    // The examples' test goes through a list of their names.
    expect(read(by), by).toContain(document.replace(/^examples\/(.*)\/README\.md$/, '$1'));
  }
});

test.each(Object.entries(NOT_RUN))('%s says so', (document, words) => {
  expect(read(document).replaceAll(/\s+/g, ' ')).toContain(words);
});
