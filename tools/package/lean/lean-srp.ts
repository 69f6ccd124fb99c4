/**
 * Leaves out of a bundle for Node what the SRP library brings along and does not use, or Node has: all ciphers and hashes of
 * crypto-js, a copy of Node's own `buffer`, the integers of `jsbn`, and its functions for devices.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** The parts of crypto-js that cognito-srp-helper calls. Each adds itself to the first. */
const PARTS = ['core', 'lib-typedarrays', 'enc-base64', 'sha256', 'hmac-sha256'] as const;

const BIG_INTEGER = fileURLToPath(new URL('native-big-integer.ts', import.meta.url));

/** The library's default export, and the objects that it is made of: they hold all that the library has. */
const ALL_IN_ONE = [/var \w+=\{\};G\(\w+,\{[^}]*\}\);/g, /var _e=\{[^}]*\};/, /_e as d\w+,/] as const;

/** For `plugins` of esbuild's options. */
export const leanSrp: Plugin = {
  name: 'lean-srp',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^buffer\/index\.js$/ }, () => ({ path: 'node:buffer', external: true }));
    onLoad({ filter: /[\\/]cognito-srp-helper[\\/]dist[\\/]esm[\\/]index\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      return ALL_IN_ONE.every((part) => source.search(part) >= 0)
        ? { contents: ALL_IN_ONE.reduce((text, part) => text.replace(part, ''), source), loader: 'js' }
        : { errors: [{ text: `It is not as lean-srp.ts expects it: ${path}` }] };
    });
    onResolve({ filter: /^jsbn$/ }, () => ({ path: BIG_INTEGER }));
    onResolve({ filter: /^crypto-js$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: 'lean-srp',
      pluginData: resolveDir,
    }));
    onLoad({ filter: /./, namespace: 'lean-srp' }, ({ pluginData }) => ({
      contents: `${PARTS.map((part) => `require('crypto-js/${part}');`).join('')}module.exports = require('crypto-js/core');`,
      resolveDir: pluginData,
    }));
  },
};
