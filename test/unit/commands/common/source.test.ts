import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readSource, SOURCE_OPTIONS } from '../../../../commands/common/source.ts';
import { CommandError } from '../../../../shared/command/failure.ts';
import { readValues } from '../../../../shared/command/options.ts';
import type { CommandPlace } from '../../../../shared/command/place.ts';
import { writeLocalOutputs } from '../../../../shared/messages/stack/outputs.ts';

const read = (args: readonly string[], place: CommandPlace = 'repository') =>
  readSource(readValues(SOURCE_OPTIONS, args, place), place);

const ARN = 'arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/App-Auth-1ABC/0a1b-2c';

test('in the repository the local system is taken where nothing is given', () => {
  expect(read([])).toEqual({ kind: 'local', folder: '.local' });
});

describe('in the package, where nothing is given', () => {
  beforeEach(() => {
    const app = mkdtempSync(join(tmpdir(), 'app-'));
    vi.spyOn(process, 'cwd').mockReturnValue(app);
    return () => vi.restoreAllMocks();
  });

  test('the local system is taken that has been started in the current folder', () => {
    mkdirSync(resolve('.local'));
    writeLocalOutputs(resolve('.local'), {
      endpoint: 'http://127.0.0.1:4566',
      region: 'us-east-1',
      inbox: '',
    });

    expect(read([], 'package')).toEqual({ kind: 'local', folder: '.local' });
  });

  test('and none has been started, the stack is missing, or a start', () => {
    expect(() => read([], 'package')).toThrow(
      '--stack is missing; it names the deployed stack, for instance --stack Auth. For a local system here, start it first: npx cognito-email-otp start',
    );
  });

  test('but a folder, it is that of the local system', () => {
    expect(read(['--folder', 'other'], 'package')).toEqual({ kind: 'local', folder: 'other' });
  });
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

test('a local system may have several of the construct, too', () => {
  expect(read(['--otp', 'AdminOtp'])).toEqual({ kind: 'local', folder: '.local', otp: 'AdminOtp' });
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
  [['--stack', 'Auth', '--folder', '.local'], 'package', '--folder is for the local system'],
])('%j in the %s is refused, saying how to correct it', (args, place, words) => {
  expect(() => read(args, place)).toThrow(CommandError);
  expect(() => read(args, place)).toThrow(words);
});
