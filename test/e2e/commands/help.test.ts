import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS_PAGE, listCommands, sectionOf } from '../../../tools/commands-page.ts';
import { command } from '../../support/system/command.ts';

const COMMANDS = listCommands();
const PAGE = readFileSync(new URL(`../../../${COMMANDS_PAGE}`, import.meta.url), 'utf8');

describe.each(COMMANDS)('$command', (listed) => {
  it('explains itself as docs/commands.md does (npm run update-docs writes that)', async () => {
    const asked = command(listed.entry, '--help');

    expect(await asked.ended).toBe(0);
    expect(asked.stdout()).toMatch(new RegExp(`^${listed.command}( |\n)`));
    expect(asked.stderr()).toBe('');
    expect(PAGE).toContain(sectionOf(listed, asked.stdout()));
  });

  it('refuses an option that it does not have, in one line that says how to get help', async () => {
    const refused = command(listed.entry, '--no-such-option');

    expect(await refused.ended).toBe(2);
    expect(refused.stderr()).toBe(
      `Unknown option '--no-such-option'; for help: ${listed.command} -- --help\n`,
    );
    expect(refused.stdout()).toBe('');
  });
});

it('docs/commands.md has the commands of package.json and no others', () => {
  const headings = Array.from(PAGE.matchAll(/^## (.+)$/gm), ([, heading]) => heading);

  expect(headings).toEqual(COMMANDS.map((listed) => listed.command));
  expect(headings).toContain('npm start');
  expect(headings.length).toBeGreaterThanOrEqual(7);
});
