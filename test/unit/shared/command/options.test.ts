import { expect, test } from 'vitest';
import { EXIT } from '../../../../shared/command/failure.ts';
import { type Options, readPairs, readValues } from '../../../../shared/command/options.ts';

const OPTIONS = {
  name: { kind: 'text', value: '<text>', words: 'a name' },
  size: { kind: 'text', value: '<n>', words: 'a size', default: '7' },
  setting: { kind: 'list', value: '<text>', short: 's', words: 'a setting' },
  loud: { kind: 'flag', words: 'say more' },
} as const satisfies Options;

test('what is not given has its default, or is missing', () => {
  expect(readValues(OPTIONS, [])).toEqual({ size: '7', setting: [], loud: false });
});

test('what is given is read by its kind', () => {
  const args = ['--name', 'a', '--size=8', '-s', 'x', '--setting', 'y', '--loud'];

  expect(readValues(OPTIONS, args)).toEqual({ name: 'a', size: '8', setting: ['x', 'y'], loud: true });
});

test('an option of one place is not declared in the other', () => {
  const options = { ...OPTIONS, tool: { kind: 'flag', words: 'a tool', only: 'repository' } } as const;

  expect(readValues(options, ['--tool'], 'repository')).toMatchObject({ tool: true });
  expect(readValues(options, [], 'package')).not.toHaveProperty('tool');
  expect(() => readValues(options, ['--tool'], 'package')).toThrow("Unknown option '--tool'");
});

test.each([
  ['an option that is not declared', ['--nmae', 'a'], "Unknown option '--nmae'"],
  ['an argument that is no option', ['a.name'], "Unexpected argument 'a.name'"],
  ['a missing value', ['--name'], "Option '--name <value>' argument missing"],
  ['a value for what takes none', ['--loud=yes'], "Option '--loud' does not take an argument"],
  ['an empty value', ['--name', ''], '--name is empty'],
  ['an empty value in place of a default', ['--size='], '--size is empty'],
  ['a value that looks like an option', ['--name', '--loud'], "Option '--name' argument is ambiguous"],
])('%s is refused in one sentence', (_, args, message) => {
  expect(() => readValues(OPTIONS, args)).toThrow(expect.objectContaining({ message, exit: EXIT.usage }));
});

test('pairs are read by their names, of which the later one counts', () => {
  expect(readPairs('-c', ['a=1', 'b=x=y', 'a=2', 'c='])).toEqual({ a: '2', b: 'x=y', c: '' });
});

test.each([['a'], ['=1'], ['']])('%j is no pair', (text) => {
  const message = `-c takes <name>=<value>, not "${text}"`;

  expect(() => readPairs('-c', [text])).toThrow(expect.objectContaining({ message, exit: EXIT.usage }));
});
