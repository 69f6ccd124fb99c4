/** `npm run update-docs`: writes the pages of docs/ that are made from the code; a test fails while they are out of date. */
import { writeFileSync } from 'node:fs';
import { pages } from './docs.ts';

for (const [path, text] of Object.entries(pages()))
  writeFileSync(new URL(`../${path}`, import.meta.url), text);
