/** Reads once, at the start of the function, what the mails look like and say. */
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../../shared/lambda/config.ts';
import { MAIL_SETTINGS_FILE, type MailSettings } from '../../shared/mail/mail-settings.ts';

/** `infra/` writes this file beside the function's code. */
export const BESIDE_THE_CODE = new URL(`./${MAIL_SETTINGS_FILE}`, import.meta.url);

/** What is in the file was checked at synthesis. Throws `ConfigurationError` if there is no such file. */
export const readMailSettings = (file: string | URL): MailSettings => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ConfigurationError(
      `The settings of the mail cannot be read: deploy the function with its ${MAIL_SETTINGS_FILE}`,
      { cause },
    );
  }
};
