/** The settings of mails for tests, and the file that deliver-code reads them from. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Brand, MailSettings, MailTexts } from '../../../shared/mail/mail-settings.ts';

const TEXTS = join(import.meta.dirname, '../../../shared/texts');

const textsIn = (name: string): MailTexts => JSON.parse(readFileSync(join(TEXTS, name), 'utf8'));

/** Mails without a brand, in the languages that are shipped. */
export const SHIPPED: MailSettings = {
  defaultLocale: 'en',
  texts: Object.fromEntries(readdirSync(TEXTS).map((name) => [name.replace('.json', ''), textsIn(name)])),
};

/** A brand with all that a brand can have. */
export const BRAND: Required<Brand> = {
  name: 'Example Shop',
  logoUrl: 'https://shop.example.com/logo.png',
  logoWidth: 96,
  accentColor: '#b0455f',
  supportUrl: 'https://shop.example.com/help',
  replyTo: 'help@shop.example.com',
  footer: 'Example Shop Ltd, 1 Market Street, Exampleton',
};

/** Writes the file, for `MAIL_FILE`. Returns its path, in the folder that is removed after the run. */
export const writeMailFile = (settings: MailSettings = SHIPPED): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'mail-')), 'mail.json');
  writeFileSync(file, JSON.stringify(settings));
  return file;
};
