/** The mail that carries a code, as plain text and as HTML. */
import type { Code } from '../../shared/domain/code.ts';
import { type MailTexts, textsFor } from './mail-texts.ts';

export interface Mail {
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
}

/** Composes the mail in the language of the locale, or in English. */
export const composeMail = ({ code, minutesLeft, locale }: MailContent): Mail => {
  const { language, texts } = textsFor(locale);
  return {
    subject: texts.subject,
    text: composeText(code, minutesLeft, texts),
    html: composeHtml(code, minutesLeft, language, texts),
  };
};

/** The code is alone on its line, so that people and mail programs find it. */
const composeText = (code: Code, minutesLeft: number, texts: MailTexts): string =>
  [texts.lead, code, texts.validity(minutesLeft), texts.secrecy, texts.notYou, ''].join('\n\n');

// Tables and inline styles, because mail programs ignore most other layout. Letter-spacing separates the digits without
// characters that would be copied with them. Some programs follow the media query.
const composeHtml = (
  code: Code,
  minutesLeft: number,
  language: string,
  texts: MailTexts,
): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.subject}</title>
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
<p style="margin:0 0 20px">${texts.lead}</p>
<p class="code" style="margin:0 0 20px;padding:16px 4px;border-radius:8px;background:#eef1f6;text-align:center;font:700 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.12em">${code}</p>
<p style="margin:0 0 20px">${texts.validity(minutesLeft)}</p>
<p class="quiet" style="margin:0 0 8px;font-size:14px;color:#566070">${texts.secrecy}</p>
<p class="quiet" style="margin:0;font-size:14px;color:#566070">${texts.notYou}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
