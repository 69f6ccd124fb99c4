import { expect, test } from 'vitest';
import {
  readWrongSettings,
  writeWrongSettings,
} from '../../../../../shared/messages/stack/wrong-settings.ts';

test('wrong settings are found in all that a synthesis prints, each with its line', () => {
  const written = writeWrongSettings(['codeLength must be 6', 'nope is not a setting']);

  const printed = `a warning\n${written}\nnode infra/app.ts: Subprocess exited with error 1\n`;

  expect(readWrongSettings(printed)).toBe('Wrong settings:\n- codeLength must be 6\n- nope is not a setting');
});

test.each(['', 'Error: no such file', 'Wrong settings:'])('nothing is found in %j', (printed) => {
  expect(readWrongSettings(printed)).toBeUndefined();
});
