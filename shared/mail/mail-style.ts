/** The colors and fonts of the mail. Mail programs take only opaque hexadecimal colors over into their own dark modes. */
import { scriptOf } from '../language/script.ts';
import type { Html } from './html.ts';
import type { Rank } from './letter.ts';

/**
 * A place's text and background. They always stand together on one element, because programs that invert colors do it for each
 * element by itself.
 */
export interface Paint {
  readonly color: string;
  readonly background: string;
}

export type Surface = Rank | 'page' | 'code' | 'plate';

/** Every text has a contrast of 4.5 : 1 at least (WCAG 2.2, 1.4.3). */
export const LIGHT: Readonly<Record<Surface, Paint>> = {
  page: { color: '#1b1f27', background: '#f2f4f7' },
  card: { color: '#1b1f27', background: '#ffffff' },
  quiet: { color: '#566070', background: '#ffffff' },
  foot: { color: '#566070', background: '#f2f4f7' },
  code: { color: '#1b1f27', background: '#eef1f6' },
  // What a logo stands on: most are made for white.
  plate: { color: '#1b1f27', background: '#ffffff' },
};

export const DARK: Readonly<Record<Surface, Paint>> = {
  page: { color: '#f1f3f5', background: '#16181d' },
  card: { color: '#f1f3f5', background: '#23262d' },
  quiet: { color: '#b4bac4', background: '#23262d' },
  foot: { color: '#b4bac4', background: '#16181d' },
  code: { color: '#ffffff', background: '#16181d' },
  plate: LIGHT.plate,
};

/** The fonts that systems have, by script; the last is for all others. Web fonts reach few mail programs. */
const FONTS: Readonly<Record<string, string>> = {
  Arab: "'Segoe UI',Tahoma,'Noto Naskh Arabic',Arial,sans-serif",
  Hans: "'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif",
  Hant: "'PingFang TC','Microsoft JhengHei','Noto Sans TC',sans-serif",
  Jpan: "'Hiragino Sans','Yu Gothic','Noto Sans JP',Meiryo,sans-serif",
  Kore: "'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',sans-serif",
};
const OTHER_FONTS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** The value of CSS's `font-family` for a language. */
export const fontsOf = (language: string): string => FONTS[scriptOf(language)] ?? OTHER_FONTS;

export const CODE_FONTS = "Menlo,Consolas,'Courier New',monospace";

/** One rule for each place. */
const rules = (write: (place: string, paint: Paint) => string): string =>
  Object.entries(DARK)
    .map(([place, paint]) => write(place, paint))
    .join('\n');

/** For programs that tell their theme: Apple Mail, Samsung, Outlook on phones. Only there the logo's plate can be seen. */
const darkMode = rules(
  (place, { color, background }) =>
    `.${place} { color: ${color} !important; background-color: ${background} !important; }`,
);

/** Outlook on phones and in browsers marks where it has changed the text (`ogsc`) and the background (`ogsb`). */
const outlookDarkMode = rules(
  (place, { color, background }) =>
    `[data-ogsc] .${place} { color: ${color} !important; }\n[data-ogsb] .${place} { background-color: ${background} !important; }`,
);

/**
 * The style elements. A program that does not understand one leaves out all of it, so each is by itself. Without them the mail is
 * light and complete. Outlook on Windows (`mso`) shows Times where it does not know the first font of a list.
 */
export const STYLES: Html = {
  html: `<!--[if mso]><style>body, table, td, h1, p, a { font-family: Arial, sans-serif !important; } .code { font-family: Consolas, monospace !important; }</style><![endif]-->
<style>
@media (prefers-color-scheme: dark) {
${darkMode}
td.plate { padding: 8px !important; }
}
</style>
<style>
${outlookDarkMode}
</style>`,
};
