import { expect, it, test } from 'vitest';
import { NotRunningError } from '../../../../commands/common/connect.ts';
import { explain, RefusedError } from '../../../../commands/common/rotate-key-errors.ts';
import { InputEnded } from '../../../../commands/common/terminal.ts';
import { generateKey } from '../../../../commands/rotate-key/keyring.ts';
import { KeyringChangedError } from '../../../../commands/rotate-key/secret.ts';
import { UsageError } from '../../../../commands/sign-in/options.ts';
import { KeyringError } from '../../../../shared/domain/keyring.ts';

const named = (name: string, message: string, more = {}): Error =>
  Object.assign(new Error(message), { name }, more);

test.each([
  [new UsageError('--yes goes with …'), 2, '--yes goes with'],
  [new Error('Region is missing'), 2, '--region'],
  [new RefusedError('Nothing was changed.'), 3, 'Nothing was changed.'],
  [new KeyringChangedError('Somebody else has changed the keyring'), 3, 'Somebody else'],
  [new InputEnded('The input ended'), 3, 'The input ended'],
  [new NotRunningError('Start it with: npm start'), 1, 'npm start'],
  [new KeyringError('The code key secret is not a JSON object'), 1, '--emergency replaces it'],
  [named('Error', 'connect', { code: 'ECONNREFUSED' }), 1, 'npm start'],
  [
    named('AccessDenied', 'User: a is not authorized to perform: sts:AssumeRole on resource: arn:…'),
    1,
    'the credentials lack the permission sts:AssumeRole',
  ],
  [named('ResourceNotFoundException', "can't find"), 1, "AWS does not find the keyring's secret"],
  ['a text', 1, 'Something failed'],
])('%s ends with %i and says what to do', (error, exit, text) => {
  const explanation = explain(error);

  expect(explanation.exit).toBe(exit);
  expect(explanation.text).toContain(text);
});

it('does not repeat a key from AWS’s words', () => {
  const key = generateKey();
  const refused = named(
    'ValidationException',
    `Value '{"1970-01-01T00:00:00.000Z":"${key}"}' at 'secretString' failed to satisfy constraint`,
  );

  const { text } = explain(refused);

  expect(text).toContain('"1970-01-01T00:00:00.000Z":"***"');
  expect(text).not.toContain(key.slice(0, 16));
});
