import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../../../shared/command/failure.ts';
import { readChoice } from '../../../../tools/template/choice.ts';
import { readTemplateOptions } from '../../../../tools/template/options.ts';
import { aFolder } from './a-deployment.ts';

const saved = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'like-')), 'deployed.json');
  writeFileSync(path, text);
  return path;
};

test('a template says what was chosen for it, so that the next one is made alike', () => {
  const { folder } = aFolder('existing', { auditArchive: 'true', tracing: 'true' });

  expect(readTemplateOptions(['--like', join(folder, 'template.json')])).toEqual({
    pool: 'existing',
    given: { auditArchive: 'true', tracing: 'true' },
    out: 'dist/template-existing',
  });
});

test.each([
  ['AWSTemplateFormatVersion: 2010-09-09', 'is not JSON'],
  ['null', 'does not say in Metadata.EmailOtp'],
  ['{}', 'does not say in Metadata.EmailOtp'],
  ['{"Metadata":{"EmailOtp":{"pool":"mine","given":{}}}}', 'does not say in Metadata.EmailOtp'],
  ['{"Metadata":{"EmailOtp":{"pool":"own","given":{"tracing":true}}}}', 'give --pool and -c as you did then'],
])('a file with %j is refused', (text, message) => {
  expect(() => readChoice(saved(text))).toThrow(
    expect.objectContaining({ message: expect.stringContaining(message), exit: EXIT.usage }),
  );
});

test('what a template says is checked as if it had been given', () => {
  const path = saved('{"Metadata":{"EmailOtp":{"pool":"own","given":{"removalPolicy":"keep"}}}}');

  expect(() => readTemplateOptions(['--like', path])).toThrow('removalPolicy must be one of retain, destroy');
});

test.each([[['--pool', 'own']], [['-c', 'tracing=true']]])(
  'beside another template %j is refused',
  (further) => {
    expect(() => readTemplateOptions(['--like', 'template.json', ...further])).toThrow(
      'leave out --pool and -c',
    );
  },
);
