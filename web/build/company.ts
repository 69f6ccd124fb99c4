/** Reads the folder in which a company says what its mails look like and say: `mail.json` and `texts/`. The sign-in page shows the same. */
import { usageError } from '../../shared/command/failure.ts';
import { shippedTexts } from '../../shared/language/shipped-texts.ts';
import type { CheckedMail } from '../../shared/mail/check/check-mail.ts';
import { checkFound, findInFolder } from '../../shared/mail/check/find-mail.ts';
import type { Brand } from '../../shared/mail/mail-settings.ts';
import type { PageBrand } from '../sign-in/pool-config.ts';

/** The same checks as at synthesis; all problems in one message. Throws `CommandError` and the errors of the file system. */
export const readCompany = (folder: string): CheckedMail => {
  const check = checkFound(findInFolder(folder, '--mail'), shippedTexts());
  if (check.kind === 'wrong') throw usageError(check.problems.join('\n'));
  return check.mail;
};

/** What the page shows of the brand. */
export const pageBrand = ({ replyTo: _, ...brand }: Brand): PageBrand => brand;
