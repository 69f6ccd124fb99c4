/** Terraform's language, and the types of its AWS provider's arguments, as packages of npm have them. Terraform is not needed. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from '../../tools/package/npm.ts';

const TOOLS = fileURLToPath(new URL('../../.ci/terraform-tools/', import.meta.url));

type Block = Readonly<Record<string, unknown>>;

/** The arguments of a resource or of a block in it, by their names in Terraform. */
export interface Arguments {
  readonly required: readonly string[];
  /** The blocks among them. */
  readonly blocks: Readonly<Record<string, Arguments>>;
  readonly known: readonly string[];
}

export interface Terraform {
  /** The resources of a file, by type. Rejects if it cannot be parsed. */
  parse(path: string): Promise<Readonly<Record<string, readonly Block[]>>>;
  /** The arguments of a resource of the AWS provider. */
  argumentsOf(type: string): Arguments;
}

const pascal = (name: string): string =>
  name.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A property with its comment, whose link ends with the name in Terraform. */
const PROPERTY = /#(\w+) \w+#\w+\}[^/]*\*\/\s+readonly \w+(\?)?: ([^;]*);/g;

const readArguments = (types: string, name: string): Arguments => {
  const [, body] = new RegExp(`export interface ${name} [^{]*\\{\\n([\\s\\S]*?)\\n\\}`).exec(types) ?? [];
  if (body === undefined) throw new Error(`The provider has no ${name}`);
  const found = Array.from(body.matchAll(PROPERTY), ([, argument = '', optional, type = '']) => {
    const [block] = new RegExp(`^${name.replace(/Config$/, '')}\\w+`).exec(type) ?? [];
    return { argument, isRequired: optional === undefined, block };
  });
  return {
    known: found.map(({ argument }) => argument),
    required: found.filter(({ isRequired }) => isRequired).map(({ argument }) => argument),
    blocks: Object.fromEntries(
      found.flatMap(({ argument, block }) => (block ? [[argument, readArguments(types, block)]] : [])),
    ),
  };
};

/** Installs the two packages, of which the provider's has 400 MB, into a temporary folder. */
export const installTerraform = async (): Promise<Terraform> => {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-'));
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(TOOLS, name), join(folder, name));
  await runNpm(['ci', '--loglevel=error', '--no-audit', '--no-fund'], folder);
  const { parse } = createRequire(join(folder, 'package.json'))('@cdktf/hcl2json');
  return {
    parse: async (path) => {
      const { resource = {} } = await parse(path, readFileSync(path, 'utf8'));
      return Object.fromEntries(
        Object.entries<Readonly<Record<string, readonly Block[]>>>(resource).map(([type, named]) => [
          type,
          Object.values(named).flat(),
        ]),
      );
    },
    argumentsOf: (type) => {
      const name = type.replace(/^aws_/, '');
      const file = join(
        folder,
        'node_modules/@cdktf/provider-aws/lib',
        name.replaceAll('_', '-'),
        'index.d.ts',
      );
      if (!existsSync(file)) throw new Error(`The provider has no ${type}`);
      return readArguments(readFileSync(file, 'utf8'), `${pascal(name)}Config`);
    },
  };
};
