/**
 * What the mails of one deployment look like and say. `infra/` writes it at synthesis into `mail.json`, beside the code of the
 * functions that compose mails; they trust it, because it was checked there.
 */
import type { PluralForms } from '../language/fill-text.ts';

/** The name of the file. */
export const MAIL_SETTINGS_FILE = 'mail.json';

/** How the mails show the company that sends them. */
export interface Brand {
  /** The company's or the product's name, as people know it; 1 to 40 characters. It is in the subject, the heading and the sender. */
  readonly name: string;
  /**
   * Where mail programs load the logo from: an `https` address of a `.png` or `.jpg`, best at twice the size that it is shown in
   * and below 20 KB. Many programs load no images, so the mail shows the name in its place.
   * @default - the mail shows the name
   */
  readonly logoUrl?: string;
  /**
   * How wide the logo is shown, in CSS pixels, 16 to 400.
   * @default 120
   */
  readonly logoWidth?: number;
  /**
   * The color of the bar above the mail, `#rrggbb`. It is the same in light and in dark mode, so it needs a contrast of 3 : 1 to
   * both backgrounds, `#ffffff` and `#23262d` (WCAG 2.2, 1.4.11). Text is never in this color, because it needs more.
   * @default - no bar
   */
  readonly accentColor?: string;
  /**
   * Where the mail sends people who need help: an `https` address without a token.
   * @default - the mail names no support
   */
  readonly supportUrl?: string;
  /**
   * The address that gets what people reply to the mail.
   * @default - replies go to the sender
   */
  readonly replyTo?: string;
  /**
   * The last lines of the mail, such as the company's legal name and its address; up to 300 characters.
   * @default - none
   */
  readonly footer?: string;
}

/** What both notices say. Without a brand their subject is `unbrandedSubject`. */
export interface NoticeTexts {
  readonly subject: string;
  readonly unbrandedSubject: string;
  readonly preheader: string;
  readonly title: string;
  readonly lead: string;
  /** What to do for those who entered the wrong codes themselves, and for everybody else. */
  readonly you: string;
  readonly notYou: string;
}

/** `lead` has `{until}`. `leadForGood` is for a lock that only an operator removes. */
export interface LockedTexts extends NoticeTexts {
  readonly leadForGood: string;
}

/**
 * The sentences of the mails in one language. Placeholders: `{brand}` in `subject` and `title`, and perhaps in `secrecy`;
 * `{minutes}` in `validity`; `{time}` in `sent` and in the lead of `wrongCodes`; `{until}` in the lead of `locked`; `{support}` in
 * `support`.
 */
export interface MailTexts {
  readonly subject: string;
  /** What lists of mails and notifications show beside the subject; never the code. */
  readonly preheader: string;
  readonly title: string;
  /** The sentence before the code; it has the language's word for "code", by which phones find the digits. */
  readonly lead: string;
  readonly validity: PluralForms;
  /** Tells a mail from earlier ones, whose codes may no longer work. */
  readonly sent: string;
  readonly secrecy: string;
  readonly notYou: string;
  /** The link by which the reader reports that it was not them. */
  readonly notMe: string;
  readonly support: string;
  readonly replyHint: string;
  /** What stands there instead if there is no brand. */
  readonly unbranded: { readonly subject: string; readonly title: string };
  /** The notices; they are left out where the deployment sends none. */
  readonly locked?: LockedTexts;
  readonly wrongCodes?: NoticeTexts;
}

export interface MailSettings {
  /** Undefined: the mails name nobody. */
  readonly brand?: Brand;
  /** The tag of the language for whom none of their wishes is there; one of those in `texts`. */
  readonly defaultLocale: string;
  /** By BCP 47 tag. */
  readonly texts: Readonly<Record<string, MailTexts>>;
}
