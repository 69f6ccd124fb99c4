/** A mail's HTML as a page of its own, for the frames in which the console shows mails. */
import type { HttpReply } from '../ground/endpoint.ts';

/** A mail's HTML may have its own styles, but must not run anything, and loads nothing unless images are asked for. */
const policyWith = (images: string): string =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src ${images}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'`;

export const mailFrame = (html: string, images: 'off' | 'on' = 'off'): HttpReply => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyWith(images === 'on' ? 'https: data:' : 'data:'),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  },
  body: html,
});

const DARK_MODE = '(prefers-color-scheme: dark)';
/** `light` and `dark`: as programs that follow the mail. `bare`: without its style elements. `inverted`: all colours turned round. */
const THEMES: Readonly<Record<string, (html: string) => string>> = {
  light: (html) => html.replaceAll(DARK_MODE, 'not all'),
  dark: (html) => html.replaceAll(DARK_MODE, 'all').replace('content="light dark"', 'content="dark"'),
  bare: (html) => html.replaceAll(/<style>[\s\S]*?<\/style>/g, ''),
  inverted: (html) =>
    html
      .replaceAll(DARK_MODE, 'not all')
      .replace('</head>', '<style>html { filter: invert(1) hue-rotate(180deg) }</style>\n</head>'),
};

/** As a program shows it whose theme is this, whatever the theme of the browser is. */
export const inTheme = (html: string, theme = 'light'): string =>
  (THEMES[theme] ?? THEMES.light)?.(html) ?? html;
