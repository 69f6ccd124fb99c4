/** `npm run update-readme`: brings the README's tables up to date; a test fails while they are not. */
import { writeFileSync } from 'node:fs';
import { currentReadme, README } from './current-readme.ts';

writeFileSync(README, currentReadme());
