/** `npm run update-api`: writes the API reports. A test fails while they differ from the types of the package. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { checkApi } from './api-report.ts';
import { installPackageTools } from './package-tools.ts';
import { packPackage } from './packed-package.ts';

/** A warning about the types, such as `nag.d.ts:3:1 - (ae-forgotten-export) …`, and not that a report has changed. */
const PROBLEM = /^Warning: .* - \(/m;

await runCommand({
  usage: {
    name: 'update-api',
    synopsis: '',
    summary: 'packs the package and writes the reports of its types to docs/api; installs what is missing',
    options: {},
  },
  parse: (args) => readValues({}, args),
  run: async () => {
    await installPackageTools();
    const { folder } = await packPackage();
    const results = Object.values(await checkApi(folder, { update: true }));
    const problems = results.filter(({ code, output }) => code !== 0 || PROBLEM.test(output));
    if (problems.length === 0) return;
    throw new CommandError(problems.map(({ output }) => output.trim()).join('\n'), EXIT.failed);
  },
});
