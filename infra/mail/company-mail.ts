/** What a company says of its mails. */
import type { Brand } from '../../shared/mail/mail-settings.ts';

/** How the mails look, and what they say: `docs/mail.md` shows it. All of it is checked at synthesis. */
export interface CompanyMail {
  /**
   * The company's name and what goes with it.
   * @default - the name in `emailSender`, if it has one that fits; without one the mails name nobody
   */
  readonly brand?: Brand;
  /**
   * A folder with texts, one file for each language, called by its tag of BCP 47: `de.json`, `pt-BR.json`. A file for a language that
   * the package has replaces some of its texts; one for another language has all of them. A relative path is looked for where the
   * synthesis runs.
   * @default - the texts of the package
   */
  readonly texts?: string;
  /**
   * The tag of the language for users in whose language there are no texts. It must be one that there is a file for.
   * @default 'en'
   */
  readonly defaultLocale?: string;
}
