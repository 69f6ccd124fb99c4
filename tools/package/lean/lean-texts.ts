/** Leaves out of a bundle what of the English texts nothing in it can use: all but the words of the code step. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** For `plugins` of esbuild's options. By itself, it keeps the whole of a JSON file. */
export const leanTexts: Plugin = {
  name: 'lean-texts',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/shared\/texts\/en\.json$/ }, ({ path }) => {
      const { words } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ words }), loader: 'json' };
    }),
};
