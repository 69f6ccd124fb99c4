/** Leaves out of a bundle what the limits say to operators: settings and documents show it, functions and commands do not. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const WORDS = /^ {4}(?:description|source):\s+(?:'[^'\n]*'|`[^`\n]*`),\n/gm;

/** For `plugins` of esbuild's options. */
export const leanLimits: Plugin = {
  name: 'lean-limits',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]shared[\\/]domain[\\/]limits\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(WORDS, ''),
      loader: 'ts',
    })),
};
