import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAULTS } from '../../../local/faults/fault-table.ts';
import { readStartOptions, START } from '../../../local/options.ts';
import { CommandError } from '../../../shared/command/failure.ts';
import { usageText } from '../../../shared/command/usage.ts';

test('starts with nothing given', () => {
  const options = readStartOptions([]);

  expect(options).toEqual({
    port: 4566,
    folder: '.local',
    app: { kind: 'own', context: { emailSender: 'otp@example.com' } },
    stack: undefined,
    parameters: {},
    users: undefined,
    faults: {},
  });
});

test('reads port, folder and settings', () => {
  const options = readStartOptions([
    '--port',
    '8080',
    '--folder=elsewhere',
    '-c',
    'codeLength=8',
    '--context',
    'emailSender=Example <codes@example.com>',
  ]);

  expect(options).toMatchObject({
    port: 8080,
    folder: 'elsewhere',
    app: { kind: 'own', context: { codeLength: '8', emailSender: 'Example <codes@example.com>' } },
  });
});

test('takes everything after the first equals sign for the value', () => {
  const { app } = readStartOptions(['-c', 'note=a=b', '-c', 'empty=']);

  expect(app).toMatchObject({ context: { note: 'a=b', empty: '' } });
});

describe('what is run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caller-'));
  const inPackage = (...args: readonly string[]) => readStartOptions(args, folder, 'package').app;

  test('is an app, by the command that synthesizes it or by what it has written', () => {
    expect(inPackage('--app', 'npm run synth')).toEqual({ kind: 'command', command: 'npm run synth' });
    expect(inPackage('--template', 'cdk.out')).toEqual({ kind: 'template', path: 'cdk.out' });
    expect(
      readStartOptions(['--template', 'cdk.out', '--parameter', 'Digits=8', '--stack', 'Shop']),
    ).toMatchObject({
      parameters: { Digits: '8' },
      stack: 'Shop',
    });
  });

  test('has to be said in the published package, unless the folder has a cdk.json', () => {
    expect(() => inPackage()).toThrow(/no cdk\.json here.*npx cognito-email-otp start --app "npx cdk synth"/);
    expect(() => inPackage('-c', 'codeLength=8')).toThrow("'-c'");

    writeFileSync(join(folder, 'cdk.json'), '{}');

    expect(inPackage()).toEqual({ kind: 'command', command: 'npx cdk synth' });
  });
});

describe('refuses, saying how to do it,', () => {
  test.each([
    ['a port that is no number', ['--port', 'http'], '--port must be a whole number from 1 to 65535'],
    ['port 0', ['--port', '0'], '--port must be'],
    ['a port that is too high', ['--port', '65536'], '--port must be'],
    ['a negative port', ['--port=-1'], '--port must be'],
    ['a port without a value', ['--port'], '--port'],
    ['a setting without a value', ['-c', 'codeLength'], '-c takes <name>=<value>, not "codeLength"'],
    ['a setting without a name', ['-c', '=8'], '-c takes <name>=<value>'],
    ['a fault without a value', ['--fault', 'sesDown'], '--fault takes <name>=<value>, not "sesDown"'],
    [
      'two apps',
      ['--app', 'a', '--template', 'b'],
      '--app synthesizes the app and --template takes what was',
    ],
    [
      'settings for a template',
      ['--template', 'b', '-c', 'codeLength=8'],
      "-c is for this repository's own stack",
    ],
    ['a stack without an app', ['--stack', 'Shop'], '--stack and --parameter are for an app of yours'],
    ['an unknown option', ['--verbose'], '--verbose'],
    ['a stray argument', ['8080'], '8080'],
  ])('%s', (_, args, expected) => {
    const read = () => readStartOptions(args);

    expect(read).toThrow(CommandError);
    expect(read).toThrow(expected);
    expect(read).toThrow(expect.objectContaining({ exit: 2 }));
  });
});

describe('faults', () => {
  test('are set one by one', () => {
    const { faults } = readStartOptions(['--fault', 'sesDelaySeconds=10', '--fault', 'sesDown=true']);

    expect(faults).toEqual({ sesDelaySeconds: 10, sesDown: true });
  });

  test.each([
    [
      'a value beside the range',
      ['sesDelaySeconds=61'],
      'sesDelaySeconds must be a whole number from 0 to 60',
    ],
    ['an empty value', ['clockRate='], 'clockRate must be a whole number from 1 to 3600'],
    ['an unknown name', ['slow=1'], 'slow is not a fault; the faults are sesDelaySeconds, '],
    [
      'several mistakes at once',
      ['sesDown=1', 'clockRate=0'],
      'sesDown must be true or false; clockRate must',
    ],
  ])('%s is refused', (_, faults, expected) => {
    const read = () => readStartOptions(faults.flatMap((fault) => ['--fault', fault]));

    expect(read).toThrow(CommandError);
    expect(read).toThrow(`--fault: ${expected}`);
  });
});

test('the help names every fault', () => {
  for (const name of Object.keys(FAULTS)) expect(usageText(START)).toContain(name);
});
