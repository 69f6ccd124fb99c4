/** Makes `docs/commands.md`: what every command prints for `--help`. tools/run.mjs shows it if nothing is installed. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EXIT } from '../shared/command/failure.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The path of the page from the root. */
export const COMMANDS_PAGE = 'docs/commands.md';

export interface ScriptCommand {
  /** The command as it is typed: `npm run audit`. */
  readonly command: string;
  /** The path from the root of the file that `tools/run.mjs` runs. */
  readonly entry: string;
}

/** The scripts of package.json that run a file of this project; the others run somebody else's tool. */
export const listCommands = (): readonly ScriptCommand[] => {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return Object.entries(scripts).flatMap(([name, script]) => {
    const [, entry] = /^node tools\/run\.mjs (?:--install )?((?!test\/)\S+\.ts)$/.exec(script) ?? [];
    return entry === undefined
      ? []
      : [{ command: name === 'start' ? 'npm start' : `npm run ${name}`, entry }];
  });
};

/** The section of the page for one command, with what it prints for `--help`. */
export const sectionOf = ({ command }: ScriptCommand, help: string): string =>
  `## ${command}\n\n\`\`\`text\n${help}\`\`\`\n`;

const help = async ({ entry }: ScriptCommand): Promise<string> => {
  const args = ['tools/run.mjs', entry, '--help'];
  return (await promisify(execFile)(process.execPath, args, { cwd: ROOT })).stdout;
};

const introduction = `# Commands

What each command says with \`--help\`. \`npm run update-docs\` writes this page; a test fails while it is out of date.

In an app that has the package installed, \`npm run audit -- --user …\` is called \`npx cognito-email-otp audit --user …\`, and
\`npm start\` is \`npx cognito-email-otp start\` ([local.md](local.md)). There a command without \`--stack\` or \`--pool-id\` speaks to the
local system that was started in the current folder, and asks for one of them if there is none.

A command ends with one of these exit codes. For every one but ${EXIT.done}, ${EXIT.interrupted} and ${EXIT.ended} there is a line on the standard error:

| exit code | |
|---|---|
| ${EXIT.done} | done |
| ${EXIT.failed} | failed: the local system does not run, AWS denies access, or what else the line says |
| ${EXIT.usage} | the command line cannot be used, or names a stack that is not there |
| ${EXIT.notFound} | there is no such user, challenge or user pool |
| ${EXIT.refused} | refused, and nothing was changed |
| ${EXIT.drift} | the user pool differs from what was attached to it |
| ${EXIT.interrupted}, ${EXIT.ended} | interrupted by Ctrl-C, ended by SIGTERM |
`;

/** The page as it should be now. */
export const currentCommandsPage = async (): Promise<string> => {
  const sections = listCommands().map(async (command) => sectionOf(command, await help(command)));
  return [introduction, ...(await Promise.all(sections))].join('\n');
};
