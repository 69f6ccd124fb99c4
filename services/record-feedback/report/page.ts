/** Writes the page behind the link "this was not me". It needs no script, and is the same for every link. */
import { createHash } from 'node:crypto';
import { fillText } from '../../../shared/language/fill-text.ts';
import { chooseLanguage } from '../../../shared/language/match-language.ts';
import { directionOf } from '../../../shared/language/script.ts';
import { type Html, html } from '../../../shared/mail/html.ts';
import type { ReportPageSettings, ReportTexts } from '../../../shared/report/report-page.ts';
import { BOX } from './read-request.ts';

/** `form`: what a link opens. `untouched`: the same after a form that did nothing. `done`: after every other one. */
export type PageKind = 'form' | 'untouched' | 'done';

export interface ReportPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

// Every text has a contrast of 4.5 : 1 at least, every border of a control 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
const STYLE = `:root{color-scheme:light dark;--page:#f2f4f7;--card:#fff;--text:#1b1f27;--quiet:#566070;--line:#6b7483;--button:#1b1f27;--label:#fff}
@media (prefers-color-scheme:dark){:root{--page:#16181d;--card:#23262d;--text:#f1f3f5;--quiet:#b4bac4;--line:#98a0ad;--button:#f1f3f5;--label:#16181d}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;padding:2rem 1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:30rem;margin:0 auto;padding:1.5rem;border-radius:.75rem;background:var(--card)}
.brand{margin:0 0 1rem;color:var(--quiet);font-weight:600}
h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.25}
p{margin:0 0 1rem}
.notice{padding-inline-start:.75rem;border-inline-start:.25rem solid var(--line)}
label{display:flex;gap:.75rem;align-items:flex-start;padding:.5rem 0;cursor:pointer}
input{flex:none;width:1.5rem;height:1.5rem;margin:0;accent-color:var(--button)}
button{width:100%;min-height:2.75rem;margin-top:1rem;padding:.5rem 1rem;border:1px solid transparent;border-radius:.5rem;background:var(--button);color:var(--label);font:inherit;font-weight:600;cursor:pointer}
:focus-visible{outline:.1875rem solid var(--line);outline-offset:.1875rem}`;

const ACCENT = /^#[\da-f]{6}$/i;

/** No other site may show, fill or send the page, and nothing of it may load or run anything. */
const headersFor = (style: string, language: string): ReportPage['headers'] => ({
  'content-type': 'text/html; charset=utf-8',
  'content-language': language,
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
  vary: 'Accept-Language',
});

/** `15 minutes` in the language. */
const minutesIn = (language: string, seconds: number): string =>
  new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(
    Math.ceil(seconds / 60),
  );

/** Without a block the reader is not warned of one. */
const effects = (texts: ReportTexts, language: string, reportLock: number): readonly Html[] =>
  reportLock === 0
    ? []
    : [
        html`<p>${texts.effect}</p>`,
        html`<p><strong>${fillText(texts.duration, { duration: minutesIn(language, reportLock) })}</strong></p>`,
      ];

const formOf = (texts: ReportTexts, language: string, kind: PageKind, reportLock: number): Html =>
  html`${kind === 'untouched' ? html`<p class="notice" role="alert">${texts.tick}</p>` : ''}
<p>${texts.question}</p>
${effects(texts, language, reportLock)}
<form method="post">
<label><input type="checkbox" name="${BOX.name}" value="${BOX.value}" required> <span>${texts.box}</span></label>
<button>${texts.button}</button>
</form>`;

/** The wishes of a browser, the strongest first (RFC 9110, section 12.5.4). */
const wishesIn = (acceptLanguage: string): readonly string[] =>
  acceptLanguage
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.split(';').map((part) => part.trim());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return { tag, weight: q === undefined ? 1 : Number(q.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);

/** Longer ones are no browser's, and each wish takes time. */
const MAX_ACCEPT_LANGUAGE = 256;

/** Returns the function that writes the page. `reportLock` is in seconds. */
export const createReportPage = (
  { brandName, accentColor, defaultLocale, texts }: ReportPageSettings,
  reportLock: number,
): ((kind: PageKind, acceptLanguage: string | undefined) => ReportPage) => {
  const accent = ACCENT.test(accentColor ?? '') ? `\nmain{border-top:.25rem solid ${accentColor}}` : '';
  const style = `${STYLE}${accent}`;
  return (kind, acceptLanguage = '') => {
    const wishes = wishesIn(acceptLanguage.slice(0, MAX_ACCEPT_LANGUAGE));
    const language = chooseLanguage(wishes, Object.keys(texts), defaultLocale);
    const found = texts[language];
    if (found === undefined) throw new Error(`There are no texts in ${language}`);
    const page = html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${brandName === undefined ? found.title : `${found.title} – ${brandName}`}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
${brandName === undefined ? '' : html`<p class="brand">${brandName}</p>`}
<h1>${found.title}</h1>
${kind === 'done' ? html`<p>${found.done}</p>\n<p>${found.next}</p>` : formOf(found, language, kind, reportLock)}
</main>
</body>
</html>
`;
    return { html: page.html, headers: headersFor(style, language) };
  };
};
