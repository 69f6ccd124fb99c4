/** `npm run update-docs`: writes the pages of docs/ that are made from the code. Tests fail if the pages are out of date. */
import { writeFileSync } from 'node:fs';
import { readValues } from '../shared/command/options.ts';
import { runCommand } from '../shared/command/run-command.ts';
import { COMMANDS_PAGE, currentCommandsPage } from './commands-page.ts';
import { pages } from './docs.ts';
import { buildFunctions } from './package/functions.ts';

await runCommand({
  usage: {
    name: 'update-docs',
    synopsis: '',
    summary: 'writes the pages of docs/ that are made from the code; installs what is missing',
    options: {},
  },
  parse: (args) => readValues({}, args),
  run: async () => {
    await buildFunctions();
    const made = { ...pages(), [COMMANDS_PAGE]: await currentCommandsPage() };
    for (const [path, text] of Object.entries(made)) {
      writeFileSync(new URL(`../${path}`, import.meta.url), text);
    }
  },
});
