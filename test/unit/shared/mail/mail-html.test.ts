import { describe, expect, test } from 'vitest';
import type { Code } from '../../../../shared/domain/code.ts';
import { composeCodeMail, type Mail } from '../../../../shared/mail/compose-mail.ts';
import type { MailSettings } from '../../../../shared/mail/mail-settings.ts';
import { BRAND, SHIPPED } from '../../../support/mail/mail-settings.ts';

const CODE = '0042170042' as Code;
const REPORT = 'https://report.example.com/?u=alice&t=token';
const AT = Date.parse('2026-03-02T10:15:07Z');

/** English words stand for those of another language: what is about the script does not depend on them. */
const composeIn = (locale: string, brand: MailSettings['brand'] = BRAND): Mail => {
  const texts = {
    ...SHIPPED.texts,
    [locale]: SHIPPED.texts[locale] ?? SHIPPED.texts.en,
  } as MailSettings['texts'];
  const settings = { ...SHIPPED, texts, ...(brand && { brand }) };
  return composeCodeMail(settings, { code: CODE, minutesLeft: 5, locale, at: AT, reportUrl: REPORT });
};

const TAG = /<(\w+)([^>]*)>/g;
const tagsOf = (html: string) =>
  Array.from(html.matchAll(TAG), ([, name = '', attributes = '']) => ({ name, attributes }));

const UNESCAPED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The visible texts of the body, in order, and of links that show no address the address too, as the text part has it. */
const wordsOf = (html: string): string =>
  html
    .replace(/^.*<div style="display:none.*?<\/div>/s, '')
    .replaceAll(/<img[^>]* alt="([^"]*)"[^>]*>/g, '$1')
    .replaceAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, (_, url, text) =>
      url === text ? text : `${text} ${url}`,
    )
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(amp|lt|gt|quot);/g, (_, name: string) => UNESCAPED[name] ?? name)
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

test.each([
  ['with a brand', BRAND],
  ['without a logo', { name: 'Müller & Söhne <"\'>', supportUrl: BRAND.supportUrl }],
  ['without a brand', undefined],
])('%s it says what the text part says, in the same order and with the same links', (_, brand) => {
  const { text, html } = composeCodeMail(
    { ...SHIPPED, ...(brand && { brand }) },
    { code: CODE, minutesLeft: 5, locale: 'en', at: AT, reportUrl: REPORT },
  );

  expect(wordsOf(html)).toBe(text.replaceAll(/\s+/g, ' ').trim());
});

describe('a mail', () => {
  const { html } = composeIn('en');
  const tags = tagsOf(html);

  test('is far below the size at which Gmail cuts mails off', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(20_000);
  });

  test('loads the logo and nothing else, and runs nothing', () => {
    const loaded = html.match(/(?:src=|url\(|@import|background=)[^\s>]*/g);

    expect(loaded).toEqual([`src="${BRAND.logoUrl}"`]);
    expect(tags.map(({ name }) => name)).not.toContain('script');
    expect(tags.map(({ name }) => name)).not.toContain('form');
  });

  test('begins with its preheader, which no program shows, and fills the rest of the preview', () => {
    const [body = ''] = /<body.*$/s.exec(html) ?? [];

    expect(body).toMatch(
      /^<body[^>]*>\n<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">[^<]{20,90}(?:&#847;&zwnj;&nbsp;){60}<\/div>/,
    );
  });

  test('has one heading, and tables that no screen reader reads as tables', () => {
    expect(tags.filter(({ name }) => /^h\d$/.test(name))).toHaveLength(1);
    for (const { attributes } of tags.filter(({ name }) => name === 'table')) {
      expect(attributes).toContain('role="presentation"');
    }
  });

  test('has padding on cells only, for Outlook', () => {
    const padded = tags.filter(({ attributes }) => /padding:(?!0[;"])/.test(attributes));

    expect([...new Set(padded.map(({ name }) => name))]).toEqual(['td']);
  });

  test('sets text and background together, in opaque colors', () => {
    for (const { attributes } of tags.filter(({ attributes: it }) => /[";]color:/.test(it))) {
      expect(attributes).toMatch(/class="\w+" style="color:#[\da-f]{6};background-color:#[\da-f]{6};/);
    }
  });

  test('gives each of its places other colors in the dark modes, in a style element for each kind', () => {
    const used = [...new Set(tags.flatMap(({ attributes }) => /class="(\w+)"/.exec(attributes)?.[1] ?? []))];
    const [, media = '', outlook = ''] = Array.from(
      html.matchAll(/<style>(.*?)<\/style>/gs),
      ([, css]) => css,
    );

    expect(used.toSorted()).toEqual(['card', 'code', 'foot', 'page', 'plate', 'quiet']);
    for (const place of used) {
      expect(media).toMatch(
        new RegExp(`\\.${place} \\{ color: #\\w{6} !important; background-color: #\\w{6} !important; \\}`),
      );
      expect(outlook).toContain(`[data-ogsc] .${place} { color: #`);
      expect(outlook).toContain(`[data-ogsb] .${place} { background-color: #`);
    }
  });

  test('keeps the digits of the code together and apart from each other without a sign between them', () => {
    const [cell = ''] = html.match(/<td[^>]*>0042170042<\/td>/) ?? [];

    expect(cell).toContain('dir="ltr"');
    expect(cell).toContain('white-space:nowrap');
    expect(cell).toContain('letter-spacing:3px');
  });

  test('tells programs to make no telephone number of ten digits, and has links only where they lead somewhere', () => {
    expect(html).toContain('content="telephone=no,date=no,address=no,email=no,url=no"');
    expect(Array.from(html.matchAll(/<a href="([^"]*)"/g), ([, url]) => url)).toEqual([
      'https://report.example.com/?u=alice&amp;t=token',
      BRAND.supportUrl,
    ]);
  });
});

describe('a mail in', () => {
  test.each([
    ['ar', 'rtl', 'right', 'Tahoma'],
    ['he', 'rtl', 'right', 'Segoe UI'],
    ['ja', 'ltr', 'left', 'Hiragino Sans'],
    ['ko', 'ltr', 'left', 'Malgun Gothic'],
    ['zh-Hans', 'ltr', 'left', 'PingFang SC'],
    ['zh-Hant', 'ltr', 'left', 'PingFang TC'],
    ['de', 'ltr', 'left', 'Roboto'],
  ])('%s runs %s, in fonts that have its letters', (locale, direction, side, font) => {
    const { html } = composeIn(locale);

    expect(html).toContain(`<html lang="${locale}" dir="${direction}">`);
    expect(html).toMatch(new RegExp(`</div>\\n<table [^>]*lang="${locale}" dir="${direction}"`));
    expect(new Set(html.match(/text-align:\w+/g))).toEqual(
      new Set([`text-align:${side}`, 'text-align:center']),
    );
    expect(html.split(font).length).toBeGreaterThan(8);
    expect(html).toContain(`<span dir="ltr"><a href="${BRAND.supportUrl}"`);
  });
});
