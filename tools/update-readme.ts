/** `npm run update-readme`: brings the generated parts of README and docs up to date; tests fail while they are not. */
import { writeFileSync } from 'node:fs';
import { readValues } from '../shared/command/options.ts';
import { runCommand } from '../shared/command/run-command.ts';
import { COMMANDS_PAGE, currentCommandsPage } from './commands-page.ts';
import { currentReadme, README } from './readme.ts';

await runCommand({
  usage: {
    command: 'npm run update-readme',
    synopsis: '',
    summary: "writes the README's tables and docs/commands.md anew, from the code; installs what is missing",
    options: {},
  },
  parse: (args) => readValues({}, args),
  run: async () => {
    writeFileSync(README, currentReadme());
    writeFileSync(COMMANDS_PAGE, await currentCommandsPage());
  },
});
