/** `npm run template`: writes the CloudFormation template and its zips. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { explainFileError } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { buildFunctions } from '../package/functions.ts';
import { readTemplateOptions, TEMPLATE } from './options.ts';
import { writeTemplate } from './write-template.ts';

const kilobytes = (path: string): string => `${Math.ceil(statSync(path).size / 1000)} KB`;

await runCommand({
  usage: TEMPLATE,
  parse: readTemplateOptions,
  run: async ({ out, pool, given }) => {
    await buildFunctions();
    for (const name of writeTemplate(out, { pool, given })) {
      const path = join(out, name);
      console.log(`${path}: ${kilobytes(path)}`);
    }
  },
  explain: explainFileError,
});
