/** `npm run update-docs`: brings the generated parts of README and docs up to date; tests fail while they are not. */
import { writeFileSync } from 'node:fs';
import { readValues } from '../shared/command/options.ts';
import { runCommand } from '../shared/command/run-command.ts';
import { COMMANDS_PAGE, currentCommandsPage } from './commands-page.ts';
import { currentReadme, README } from './current-readme.ts';

await runCommand({
  usage: {
    command: 'npm run update-docs',
    synopsis: '',
    summary: 'writes the documents anew that are made from the code; installs what is missing',
    options: {},
  },
  parse: (args) => readValues({}, args),
  run: async () => {
    writeFileSync(COMMANDS_PAGE, await currentCommandsPage());
    writeFileSync(README, currentReadme());
  },
});
