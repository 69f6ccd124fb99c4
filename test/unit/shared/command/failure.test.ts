import { mkdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXIT, explainFileError } from '../../../../shared/command/failure.ts';

const errorOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return expect.unreachable('nothing was thrown');
};

test.each([
  ['a folder that is a file', () => mkdirSync(`${import.meta.filename}/below`)],
  ['a file that is not there', () => readFileSync(`${import.meta.dirname}/nothing`)],
])('says what is wrong with %s', (_, run) => {
  expect(explainFileError(errorOf(run))).toMatchObject({
    exit: EXIT.failed,
    message: expect.stringMatching(/^A file or folder cannot be used: E\w+: .*(failure\.test|nothing)/),
  });
});

test.each([
  new TypeError('undefined is not a function'),
  Object.assign(new Error('x'), { code: 'ECONNRESET' }),
  'text',
])('leaves every other error alone, which is a bug: %s', (error) => {
  expect(explainFileError(error)).toBeUndefined();
});
