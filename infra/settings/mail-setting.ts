/** The setting `mail`: what a company's mails look like and say. */
import { resolve } from 'node:path';
import { Token } from 'aws-cdk-lib';
import { shippedTexts } from '../../shared/language/shipped-texts.ts';
import type { CheckedMail } from '../../shared/mail/check/check-mail.ts';
import {
  COMPANY_FILE,
  COMPANY_TEXTS,
  checkFound,
  type FoundMail,
  findInFolder,
  isFields,
  unknownFields,
} from '../../shared/mail/check/find-mail.ts';
import type { CompanyMail } from '../mail/company-mail.ts';
import { type Setting, SettingProblem } from './setting-kinds.ts';

const hasToken = (value: unknown): boolean =>
  isFields(value) ? Object.values(value).some(hasToken) : Token.isUnresolved(value);

const find = (given: unknown): FoundMail => {
  if (typeof given === 'string') return findInFolder(given, 'mail');
  if (!isFields(given))
    return {
      fields: {},
      path: 'mail',
      problems: ['mail must be an object with brand, texts and defaultLocale'],
    };
  if (hasToken(given))
    return {
      fields: {},
      path: 'mail',
      problems: ['mail must be known at synthesis, which checks it: write it out'],
    };
  return {
    fields: given,
    path: 'mail',
    problems: unknownFields(given, ['brand', COMPANY_TEXTS, 'defaultLocale'], 'mail'),
  };
};

type ReadMail =
  | { readonly kind: 'right'; readonly company: CompanyMail; readonly mail: CheckedMail }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const readMail = (given: unknown): ReadMail => {
  const found = find(given);
  const check = checkFound(found, shippedTexts());
  if (check.kind === 'wrong') return check;
  const { fields } = found;
  const { texts } = fields;
  // The app is free to go to another folder after this.
  const company = {
    ...fields,
    ...(typeof texts === 'string' && { texts: resolve(texts) }),
  } as CompanyMail;
  return { kind: 'right', company, mail: check.mail };
};

/** What a setting that was read says, with the texts of the package and of the company in one. Throws if its files have changed since. */
export const checkedMail = (company: CompanyMail): CheckedMail => {
  const read = readMail(company);
  if (read.kind === 'right') return read.mail;
  throw new Error(['The files of the setting mail have changed:', ...read.problems].join('\n'));
};

/** The setting is a folder in CDK context, and an object in props. Its value is what a prop would be. */
export const mailSetting = (description: string): Setting<CompanyMail> => ({
  description,
  values: `a folder with \`${COMPANY_FILE}\` and \`${COMPANY_TEXTS}/\``,
  default: 'none',
  read: (given = {}) => {
    const read = readMail(given);
    return read.kind === 'right' ? read.company : new SettingProblem('is wrong', read.problems);
  },
});
