import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf, isAllowed } from './imports.ts';
import { PRODUCT, ROOT } from './sources.ts';

// What no type checker checks: which folder may know which.

const describeImport = ({ from, to }: Import) => `${from} → ${to}`;

const judge = (path: string, text: string) => importsOf({ path, text }).filter((it) => !isAllowed(it));

describe('imports', () => {
  const imports = PRODUCT.flatMap(importsOf);

  test('are found at all, also where a path is built from a text', () => {
    expect(imports.filter(({ kind }) => kind !== 'text').length).toBeGreaterThan(500);
    expect(imports.filter(({ kind }) => kind === 'text').length).toBeGreaterThan(10);
  });

  test('obey the law without an exception', () => {
    expect(imports.filter((it) => !isAllowed(it)).map(describeImport)).toEqual([]);
  });

  test('name files as they are', () => {
    const missing = imports.filter(({ to, kind }) => kind !== 'text' && !existsSync(join(ROOT, to)));

    expect(missing.map(describeImport)).toEqual([]);
  });
});

describe('the law is broken by', () => {
  test.each([
    [
      'shared',
      'shared/domain/policy.ts',
      "import { deliver } from '../../services/deliver-code/deliver.ts';",
    ],
    [
      'shared, by a type',
      'shared/domain/policy.ts',
      "import type { Settings } from '../../infra/settings/settings.ts';",
    ],
    [
      'a service',
      'services/deliver-code/deliver.ts',
      "import { SETTINGS } from '../../infra/settings/settings.ts';",
    ],
    ['a deployed construct', 'infra/stack.ts', "import { main } from '../tools/docs.ts';"],
    [
      'a command',
      'commands/audit/audit.ts',
      "const it = await import('../../services/deliver-code/deliver.ts');",
    ],
    ['a test', 'shared/domain/policy.ts', "import { world } from '../../test/support/system/world.ts';"],
    ['a command, of what starts it', 'commands/audit/audit.ts', "import { run } from '../../tools/docs.ts';"],
    ['a page', 'web/sign-in/page.ts', "import {\n  one,\n  two,\n} from '../../local/console/pages.ts';"],
  ])('an upward import of %s', (_, path, text) => {
    expect(judge(path, text)).toHaveLength(1);
  });

  test.each([
    ['a URL', 'web/build/bundle.ts', "const it = new URL('../../local/console/', import.meta.url);"],
    [
      'a template',
      'infra/functions/otp-function.ts',
      ['const it = new URL(`../../local/$', '{name}.ts`, import.meta.url);'].join(''),
    ],
    ['a glob', 'tools/docs.ts', "globSync('local/console/*/page.html')"],
    ['a glob of several folders', 'tools/docs.ts', "globSync('{shared,local}/**/page.html')"],
    ['a path from the root', 'commands/audit/audit.ts', "join(ROOT, 'local/main.ts')"],
    ['a path from parts', 'commands/audit/audit.ts', "join(ROOT, 'local', name, 'main.ts')"],
    ['the folder itself', 'commands/audit/audit.ts', "resolve(ROOT, 'local')"],
    ['behind a value', 'commands/audit/audit.ts', ['const it = `$', '{ROOT}/local/main.ts`;'].join('')],
    ['in a command line', 'infra/stack.ts', "execSync('node local/main.ts')"],
    ['resolved', 'infra/stack.ts', "import.meta.resolve('../local/main.ts')"],
    ['behind a text that looks like a comment', 'infra/stack.ts', "f('shared/*', '../local/x.ts', '*/')"],
  ])('a path into local that is %s', (_, path, text) => {
    expect(judge(path, text)).toHaveLength(1);
  });

  test.each([
    ['by an import', "import { read } from '../deliver-code/config.ts';"],
    ['by a type', "import type { DeliverEnv } from '../deliver-code/config.ts';"],
    ['by a path', "new URL('../deliver-code/handler.ts', import.meta.url)"],
    ['by the parts of a path', "join(import.meta.dirname, '..', 'deliver-code', 'handler.ts')"],
  ])('a service that knows another one %s', (_, text) => {
    expect(judge('services/create-auth-challenge/handler.ts', text)).toHaveLength(1);
  });

  test('a construct that imports more than types from a service', () => {
    const text = "import { handler } from '../services/deliver-code/handler.ts';";

    expect(judge('infra/stack.ts', text)).toHaveLength(1);
    expect(judge('infra/stack.ts', text.replace('import {', 'import type {'))).toEqual([]);
  });

  test.each([
    ['a type of an engine', "import type { Inbox } from '../../engines/ses/inbox.ts';"],
    ['a fault', "import { FAULTS } from '../../faults/fault-table.ts';"],
    ['more than types of the interface', "import { readMetrics } from '../../api/metrics.ts';"],
  ])('a page of the console that knows %s', (_, text) => {
    expect(judge('local/console/inbox/page.ts', text)).toHaveLength(1);
    expect(judge('local/console/inbox/page.ts', "import type { Change } from '../../api/types.ts';")).toEqual(
      [],
    );
  });
});
