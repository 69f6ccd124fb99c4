/** `npm run api-pages`: writes the pages of the package's API to `dist/api`. */
import { fileURLToPath } from 'node:url';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { makePages } from './make-pages.ts';
import { installPackageTools } from './package-tools.ts';
import { packPackage } from './packed-package.ts';

const PAGES = fileURLToPath(new URL('../../dist/api', import.meta.url));

await runCommand({
  usage: {
    name: 'api-pages',
    synopsis: '',
    summary: 'packs the package and writes the pages of its API to dist/api; installs what is missing',
    options: {},
  },
  parse: (args) => readValues({}, args),
  run: async () => {
    await installPackageTools();
    const { folder } = await packPackage();
    const { code, output } = await makePages(folder, PAGES);
    if (code !== 0) throw new CommandError(output.trim(), EXIT.failed);
    console.log('dist/api/index.html');
  },
});
