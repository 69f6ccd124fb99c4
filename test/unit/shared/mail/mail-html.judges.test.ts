// What others say of the mails' HTML: the data of caniemail.com about mail programs, and html-validate.
import { caniemail } from 'caniemail';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { allMails, judgedCodeMail } from '../../../support/mail/judged-mails.ts';
import { BRAND } from '../../../support/mail/mail-settings.ts';

/** The programs that most people read mails with, of those that the data knows well. */
const PROGRAMS = [
  'apple-mail.ios',
  'apple-mail.macos',
  'gmail.android',
  'gmail.desktop-webmail',
  'gmail.ios',
  'gmail.mobile-webmail',
  'outlook.android',
  'outlook.ios',
  'outlook.macos',
  'outlook.outlook-com',
  'outlook.windows',
  'samsung-email.android',
  'thunderbird.macos',
  'yahoo.desktop-webmail',
] as const;

/** What a program may not know, because the mail is complete without it. */
const ORNAMENT: Readonly<Record<string, string>> = {
  '<style> element': 'It is for dark modes only. The browser suite reads each mail without it.',
  '@media': 'Likewise.',
  'Attribute selector': 'Likewise.',
  'Class selector': 'Likewise.',
  'Descendant combinator': 'Likewise.',
  'color-scheme meta tag': 'Programs without it turn colours round by themselves, or stay light.',
  '<body> element': 'The outer table has its language, direction and colours too.',
  'display:none': 'The preheader is seen, and says nothing that may not be read.',
  'max-height property': 'It helps to hide the preheader; mso-hide does in Outlook.',
  overflow: 'Likewise, and it rounds the corners of the card.',
  'border-radius': 'Corners are square.',
  'white-space': 'The code is one word, which is not broken where it fits, and it fits 320 pixels.',
  'word-break': 'A very long word or address stands out of its column.',
  'height property': 'The attribute height says it too, and a logo has the height of its file.',
};

const errorsIn = (html: string): readonly string[] => {
  const { issues } = caniemail({ clients: [...PROGRAMS], html });
  const titles = [...(issues.errors?.values() ?? [])].flat().map(({ title }) => title);
  return [...new Set(titles)];
};
const seriousIn = (html: string): readonly string[] =>
  errorsIn(html).filter((title) => !Object.hasOwn(ORNAMENT, title));

const validator = new HtmlValidate({
  extends: ['html-validate:document', 'html-validate:a11y', 'html-validate:standard'],
  // Mail programs need attributes that pages no longer have, such as bgcolor.
  rules: { 'no-deprecated-attr': 'off' },
});
const violationsIn = async (html: string): Promise<readonly string[]> => {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
};

const mails = (await allMails()).filter(({ name }) => !name.includes('10 digits'));
const { html } = await judgedCodeMail('en', BRAND);
const planted = (what: string, by: string): string => {
  expect(html).toContain(what);
  return html.replace(what, by);
};

describe('mail programs', () => {
  // All languages have the same elements; those of the two directions differ in their values.
  test.each(mails.filter(({ name }) => /^(?:ar|en),/.test(name)))(
    'know all that matters in: $name',
    ({ mail }) => {
      expect(seriousIn(mail.html)).toEqual([]);
    },
  );

  test('do not know each of the listed ornaments', () => {
    expect(errorsIn(html).toSorted()).toEqual(Object.keys(ORNAMENT).toSorted());
  });

  test.each([
    ['a box that grows', 'style="margin:0', 'style="display:flex;margin:0', 'display:flex'],
    ['logical padding', 'padding:16px', 'padding-inline:16px', 'padding-inline & padding-block'],
    ['an image of its own format', 'logo.png', 'logo.svg', 'SVG image format'],
  ])('would not show %s, which is found', (_, what, by, title) => {
    expect(seriousIn(planted(what, by))).toContain(title);
  });
});

describe('the HTML', () => {
  test('is valid and accessible by html-validate, in all languages', async () => {
    const found = await Promise.all(
      mails.map(async ({ name, mail }) => (await violationsIn(mail.html)).map((one) => `${name}: ${one}`)),
    );

    expect(found.flat()).toEqual([]);
  });

  test.each([
    ['an element that is not closed', '</h1>', '', 'close-order'],
    ['an image without words', ' alt="Example Shop"', '', 'wcag/h37'],
    ['a page without a language', '<html lang="en"', '<html', 'element-required-attributes'],
    ['a page without a title', /<title>.*<\/title>/.exec(html)?.[0] ?? '', '', 'element-required-content'],
  ])('with %s is found', async (_, what, by, rule) => {
    expect((await violationsIn(planted(what, by))).join('\n')).toContain(rule);
  });
});
