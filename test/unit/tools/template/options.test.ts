import { describe, expect, it, test } from 'vitest';
import { SETTINGS } from '../../../../infra/settings/settings.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import { STRUCTURAL } from '../../../../tools/template/choice.ts';
import { readTemplateOptions } from '../../../../tools/template/options.ts';
import { parameterName } from '../../../../tools/template/parameter-kinds.ts';
import { parametersOf } from '../../../../tools/template/parameters.ts';

describe('npm run template', () => {
  it('makes a template with a pool, in dist/template', () => {
    expect(readTemplateOptions([])).toEqual({ pool: 'own', out: 'dist/template', given: {} });
  });

  it('has another folder for pools that exist, and takes any', () => {
    expect(readTemplateOptions(['--pool', 'existing']).out).toBe('dist/template-existing');
    expect(readTemplateOptions(['--pool', 'existing', '--out', 'here']).out).toBe('here');
  });

  it('takes what decides which resources there are', () => {
    const { pool, given } = readTemplateOptions([
      '--pool',
      'existing',
      '-c',
      'removalPolicy=destroy',
      '-c',
      'tracing=true',
    ]);

    expect(pool).toBe('existing');
    expect(given).toEqual({ removalPolicy: 'destroy', tracing: 'true' });
  });

  test.each([
    [['--pool', 'mine'], '--pool is own or existing, not "mine"'],
    [
      ['-c', 'codeLength=8'],
      "-c codeLength: give it when you deploy, as the template's parameter CodeLength",
    ],
    [['-c', 'emailSender=a@example.com'], "as the template's parameter EmailSender"],
    [['-c', 'removalPolicy=keep'], 'removalPolicy must be one of retain, destroy'],
    [['-c', 'tracng=true'], 'tracng is not a setting'],
    [['--pool', 'existing', '-c', 'accountRecovery=phone'], 'set it in your own'],
  ])('refuses %j and says why', (args, message) => {
    expect(() => readTemplateOptions(args)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), exit: EXIT.usage }),
    );
  });
});

test('every setting is either taken by the command or a parameter', () => {
  const parameters = Object.keys(parametersOf('own'));
  const neither = Object.keys(SETTINGS).filter(
    (name) => parameters.includes(parameterName(name)) === STRUCTURAL.some((known) => known === name),
  );

  expect(neither).toEqual([]);
});
