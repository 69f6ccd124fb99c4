/** The mail that carries a code, as plain text and as HTML. */
import type { Code } from '../../shared/domain/code.ts';
import { textsFor } from './mail-texts.ts';

export interface Mail {
  /** BCP 47. */
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailContent {
  readonly code: Code;
  /** The whole minutes that the code still works. */
  readonly minutesLeft: number;
  /** BCP 47. */
  readonly locale: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The filled texts, in the order in which the mail has them. */
interface Letter {
  readonly lead: string;
  readonly code: Code;
  readonly validity: string;
  readonly sent: string;
  readonly secrecy: string;
  readonly notYou: string;
}

/** `10:15:07 UTC`. The reader's time zone is not known. */
const timeOfDay = (at: number): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;

/**
 * Composes the mail in the language of the locale, or in English. The subject has the time, because mail programs make one
 * conversation of mails with one subject and hide in it what an earlier mail said already, such as a code that was ordered
 * again.
 */
export const composeMail = ({ code, minutesLeft, locale, at }: MailContent): Mail => {
  const { language, texts } = textsFor(locale);
  const time = timeOfDay(at);
  const subject = `${texts.subject} (${time})`;
  const letter: Letter = {
    lead: texts.lead,
    code,
    validity: texts.validity(minutesLeft),
    sent: texts.sent(time),
    secrecy: texts.secrecy,
    notYou: texts.notYou,
  };
  return { language, subject, text: composeText(letter), html: composeHtml(letter, language, subject) };
};

/** The code is alone on its line, so that people and mail programs find it. */
const composeText = ({ lead, code, validity, sent, secrecy, notYou }: Letter): string =>
  [lead, code, validity, sent, secrecy, notYou, ''].join('\n\n');

// Tables and inline styles, because mail programs ignore most other layout. Letter-spacing separates the digits without
// characters that would be copied with them. Some programs follow the media query. Without `format-detection`, iOS makes links
// of times, and calls ten digits a telephone number.
const composeHtml = (
  { lead, code, validity, sent, secrecy, notYou }: Letter,
  language: string,
  subject: string,
): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${subject}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #16181d !important; }
  .card { background: #23262d !important; color: #f1f3f5 !important; }
  .code { background: #16181d !important; color: #ffffff !important; }
  .quiet { color: #b4bac4 !important; }
}
</style>
</head>
<body class="page" style="margin:0;background:#f2f4f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0">
<tr><td class="page" align="center" style="padding:32px 16px;background:#f2f4f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px">
<tr><td class="card" style="padding:32px 24px;border-radius:12px;background:#ffffff;color:#1b1f27;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<p style="margin:0 0 20px">${lead}</p>
<p class="code" style="margin:0 0 20px;padding:16px 4px;border-radius:8px;background:#eef1f6;text-align:center;font:700 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.12em">${code}</p>
<p style="margin:0 0 20px">${validity}</p>
<p class="quiet" style="margin:0 0 8px;font-size:14px;color:#566070">${sent}</p>
<p class="quiet" style="margin:0 0 8px;font-size:14px;color:#566070">${secrecy}</p>
<p class="quiet" style="margin:0;font-size:14px;color:#566070">${notYou}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
