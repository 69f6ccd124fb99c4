import { expect, test } from 'vitest';
import { readSource, SOURCE_OPTIONS } from '../../../../commands/common/source.ts';
import { CommandError } from '../../../../shared/command/failure.ts';
import { readValues } from '../../../../shared/command/options.ts';
import type { CommandPlace } from '../../../../shared/command/place.ts';

const read = (args: readonly string[], place: CommandPlace = 'repository') =>
  readSource(readValues(SOURCE_OPTIONS, args, place), place);

const ARN = 'arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/App-Auth-1ABC/0a1b-2c';

test('in the repository the local system is taken where nothing is given, in the package nothing is', () => {
  expect(read([])).toEqual({ kind: 'local', folder: '.local' });
  expect(() => read([], 'package')).toThrow('--stack is missing; it names the deployed stack');
});

test('a stack may be given by its name, in a region, with one of its constructs', () => {
  expect(read(['--stack', 'App-Auth-1ABC', '--region', 'eu-west-1', '--otp', 'AdminOtp'], 'package')).toEqual(
    {
      kind: 'stack',
      name: 'App-Auth-1ABC',
      region: 'eu-west-1',
      otp: 'AdminOtp',
    },
  );
});

test('a stack’s ARN says the region', () => {
  const source = { kind: 'stack', name: ARN, region: 'cn-north-1', otp: undefined };

  expect(read(['--stack', ARN])).toEqual(source);
  expect(read(['--stack', ARN, '--region', 'cn-north-1'])).toEqual(source);
});

test.each<[readonly string[], CommandPlace, string]>([
  [
    ['--stack', ARN, '--region', 'eu-west-1'],
    'package',
    "--region says eu-west-1, but the stack's ARN says cn-north-1",
  ],
  [['--stack', 'arn:aws:s3:::bucket'], 'package', 'cannot be the name or the ARN of a stack'],
  [['--stack', `${ARN}/x`], 'package', 'cannot be the name or the ARN of a stack'],
  [['--otp', 'AdminOtp'], 'repository', '--otp goes with --stack'],
  [['--folder', '.local'], 'package', "Unknown option '--folder'"],
])('%j in the %s is refused, saying how to correct it', (args, place, words) => {
  expect(() => read(args, place)).toThrow(CommandError);
  expect(() => read(args, place)).toThrow(words);
});
