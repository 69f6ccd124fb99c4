import { expect, test } from 'vitest';
import { PRODUCT } from './sources.ts';

// The bundles have no classes of the SDK's errors (`tools/package/lean/lean-sdk.ts`), so that `instanceof` would never find one there.

const BUNDLED = PRODUCT.filter(({ path }) => /^(?:shared|services|commands)\//.test(path));
const IMPORT = /^import \{([^}]*)\} from '(@aws-sdk\/client-[\w-]+)';/gm;

/** The names that a file imports from the SDK's clients, but for types. */
const importedFromClients = (text: string) =>
  Array.from(text.matchAll(IMPORT), ([, names = '', client = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => ({ client, name })),
  ).flat();

test('what is bundled knows the errors of the SDK by their names, never by their classes', async () => {
  const imported = BUNDLED.flatMap(({ path, text }) =>
    importedFromClients(text).map((it) => ({ path, ...it })),
  );
  const clients = new Map<string, Readonly<Record<string, unknown>>>();
  for (const { client } of imported) clients.set(client, await import(client));
  const isError = (value: unknown) => typeof value === 'function' && value.prototype instanceof Error;

  expect(imported.length).toBeGreaterThan(20);
  expect(isError(clients.get('@aws-sdk/client-dynamodb')?.ConditionalCheckFailedException)).toBe(true);
  expect(imported.filter(({ client, name }) => isError(clients.get(client)?.[name]))).toEqual([]);
});
