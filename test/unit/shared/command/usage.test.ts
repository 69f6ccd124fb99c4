import { describe, expect, it, test } from 'vitest';
import { asksForHelp, type Usage, usageText } from '../../../../shared/command/usage.ts';

const USAGE: Usage = {
  name: 'paint',
  synopsis: '--colour <name> [options]',
  summary: 'paints the bicycle shed',
  options: {
    colour: { kind: 'text', value: '<name>', words: 'which', default: 'green' },
    layer: { heading: 'How', kind: 'list', value: '<what-it-is-made-of>', short: 'l', words: 'one\nor more' },
    quick: { kind: 'flag', words: 'do not wait' },
  },
  notes: 'Colours:\n  green',
  exits: { done: 'painted', refused: 'it rains' },
};

describe('the help text', () => {
  it('is made of the declared options', () => {
    expect(usageText(USAGE)).toBe(`npm run paint -- --colour <name> [options]
  paints the bicycle shed

  --colour <name>         which (default green)
How:
  -l, --layer <what-it-is-made-of>
                          one
                          or more
  --quick                 do not wait
  -h, --help              this text

Colours:
  green

Exit codes: 0 painted, 2 wrong options, 4 it rains, 1 anything else, 130 interrupted, 143 ended`);
  });

  it('in the package says how it is called there, without the options of the repository', () => {
    const { colour, quick } = USAGE.options;
    const options: Usage['options'] = {
      ...(colour && { colour: { ...colour, only: 'repository' } }),
      ...(quick && { quick: { ...quick, only: 'package' } }),
    };

    expect(usageText({ ...USAGE, options }, 'package')).toMatch(
      /^npx cognito-email-otp paint --colour <name> \[options\]\n {2}paints the bicycle shed\n\n {2}--quick/,
    );
    expect(usageText({ ...USAGE, options }, 'repository')).not.toContain('--quick');
  });

  it('names only the exit codes that the command has', () => {
    const { exits: _, notes: __, ...plain } = USAGE;

    expect(usageText({ ...plain, synopsis: '', options: {} })).toBe(`npm run paint
  paints the bicycle shed

  -h, --help              this text

Exit codes: 0 done, 2 wrong options, 1 anything else, 130 interrupted, 143 ended`);
  });
});

test.each(['--help', '-h'])('%s asks for it, wherever it stands', (option) => {
  expect(asksForHelp(['--colour', 'red', option])).toBe(true);
  expect(asksForHelp(['--colour', 'red'])).toBe(false);
});
