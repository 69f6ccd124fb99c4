import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMailSettings } from '../../../../services/deliver-code/read-mail-settings.ts';
import { BRAND, SHIPPED, writeMailFile } from '../../../support/mail/mail-settings.ts';
import { useFolder } from '../../../support/process/use-folder.ts';

const folder = useFolder();

test('reads what was written at synthesis', () => {
  const settings = { ...SHIPPED, brand: BRAND };

  expect(readMailSettings(writeMailFile(settings))).toEqual(settings);
});

test.each([
  ['is missing', undefined],
  ['is cut off', '{"defaultLocale":"en"'],
])('does not start with a file that %s', (_, text) => {
  const file = join(folder(), 'mail.json');
  if (text !== undefined) writeFileSync(file, text);

  expect(() => readMailSettings(file)).toThrow(
    expect.objectContaining({
      name: 'ConfigurationError',
      message: 'The settings of the mail cannot be read: deploy the function with its mail.json',
    }),
  );
});
