/**
 * Leaves out of a bundle what of the AWS SDK nothing in it can use, where esbuild cannot know that. It works on the SDK's texts,
 * and the build fails where one is no longer as expected: then somebody has to look at the SDK's new version.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * esbuild keeps a value with a computed key, because to compute one might do something, and by these it would keep the schemas of
 * all operations. The keys are constants of the same file.
 */
const withPlainKeys = (source: string): string => {
  const constants = new Map(
    Array.from(source.matchAll(/^const (\w+) = ("[^"]*");$/gm), ([, name, text]) => [name, text]),
  );
  return source.replaceAll(/\[(\w+)\](?=: )/g, (key, name) => constants.get(name) ?? key);
};

const readBeside = (schemas: string, path: string): string =>
  readFileSync(join(schemas, '../..', path), 'utf8');

/** The errors that the SDK repeats a call for because their class says so; for all others their name or the status does. */
const repeatedErrors = (schemas: string): readonly string[] => {
  const [, ...classes] = readBeside(schemas, 'models/errors.js').split(/^export class /m);
  return classes.filter((text) => text.includes('$retryable')).map((text) => text.split(' ', 1).join());
};

/**
 * An error that is not registered comes as the service's base exception, with its own name and message, and with all that the
 * answer has. So `name` tells which one it is, and `instanceof` does not. Services with the old protocol of queries are left as they
 * are: there, some names come from what is registered. Of CloudFormation only DescribeStacks is called, which has no errors of its own.
 */
const withoutErrors = (source: string, path: string): string => {
  const isQuery = readBeside(path, 'runtimeConfig.shared.js').includes('Query');
  if (isQuery && !path.includes('client-cloudformation')) return source;
  const repeated = repeatedErrors(path);
  return source.replaceAll(/^n0_registry\.registerError\(\w+\$, (\w+)\);\n/gm, (line, name) =>
    repeated.includes(name) ? line : '',
  );
};

/** By what the path of a file ends with. */
const CHANGES: Readonly<Record<string, (source: string, path: string) => string>> = {
  '/@aws-sdk/client-[a-z0-9-]+/dist-es/schemas/schemas_0.js': (source, path) =>
    withoutErrors(withPlainKeys(source), path),
  // A client tells AWS its version, and takes all that it is in.
  '/@aws-sdk/(?:client-[a-z0-9-]+|nested-clients)/package.json': (source) => {
    const { version } = JSON.parse(source);
    return JSON.stringify({ version });
  },
  // No operation that is called has a stream of events.
  '/@smithy/core/dist-es/submodules/protocols/HttpProtocol.js': (source) =>
    source.replace(
      'import("@smithy/core/event-streams")',
      'Promise.reject(new Error("Streams are left out"))',
    ),
  '/@smithy/core/dist-es/submodules/event-streams/index.js': () =>
    'export const resolveEventStreamSerdeConfig = (config) => config, eventStreamSerdeProvider = undefined;',
  // It writes the headers of messages in such streams.
  '/@smithy/signature-v4/dist-es/HeaderFormatter.js': () => 'export class HeaderFormatter {}',
  // The names of regions for people.
  '/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js': (source) =>
    source.replaceAll(/"description": "[^"]*"/g, ''),
  // A client of DynamoDB makes one when it starts, and none of its operations asks it.
  '/@aws-sdk/endpoint-cache/dist-es/index.js': () => 'export class EndpointCache {}',
  // Takes the place of what Node always has.
  '/@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js': () => 'export const Sha256Js = undefined;',
};

/** For `plugins` of esbuild's options. It works on the SDK's ES modules, and with no other plugin that loads them. */
export const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup: ({ onLoad }) => {
    for (const [end, change] of Object.entries(CHANGES)) {
      const filter = new RegExp(`${end.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`);
      onLoad({ filter }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        const contents = change(source, path);
        if (contents === source)
          return { errors: [{ text: `It is not as lean-sdk.ts expects it: ${path}` }] };
        return { contents, loader: path.endsWith('.json') ? 'json' : 'js' };
      });
    }
  },
};
