import { describe, expect, test } from 'vitest';
import { inTheme, mailFrame } from '../../../../local/mails/mail-frames.ts';
import { type AppMail, mailChoices, previewMail } from '../../../../local/mails/mail-preview.ts';
import type { MailTexts } from '../../../../shared/mail/mail-settings.ts';
import { BRAND, SHIPPED } from '../../../support/mail/mail-settings.ts';

const APP: AppMail = {
  settings: { ...SHIPPED, brand: BRAND, defaultLocale: 'de' },
  sender: 'Shop <otp@example.com>',
};
const { locked: _, wrongCodes: __, ...withoutNotices } = SHIPPED.texts.en as MailTexts;
const WITHOUT_NOTICES: AppMail = {
  settings: { defaultLocale: 'en', texts: { en: withoutNotices } },
  sender: 'otp@example.com',
};

describe('what can be chosen', () => {
  test('is what the app has', () => {
    expect(mailChoices(APP)).toEqual({
      languages: Object.keys(SHIPPED.texts),
      defaultLocale: 'de',
      notices: ['locked', 'wrongCodes'],
    });
    expect(mailChoices(WITHOUT_NOTICES)).toEqual({ languages: ['en'], defaultLocale: 'en', notices: [] });
  });
});

describe('a preview', () => {
  test('is the app’s code mail in its default language, if nothing is chosen', () => {
    expect(previewMail(APP, {})).toMatchObject({
      language: 'de',
      code: '004217',
      from: APP.sender,
      replyTo: [BRAND.replyTo],
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'de' },
    });
  });

  test.each(['6', '8', '10'])('has a code of %s digits', (digits) => {
    const { code = '', text } = previewMail(APP, { digits });

    expect(code.length).toBe(Number(digits));
    expect(text.split('\n')).toContain(code);
  });

  test('has the link “not me” if it is asked for', () => {
    expect(previewMail(APP, { link: 'on' }).html).toContain('https://report.example.com/');
    expect(previewMail(APP, { link: 'off' }).html).not.toContain('https://report.example.com/');
  });

  test('of a notice has no code', () => {
    const notice = previewMail(APP, { kind: 'locked', language: 'en' });

    expect(notice.code).toBe(undefined);
    expect(notice.text).toContain('before 10:30:07 UTC.');
  });

  test.each<readonly [string, AppMail, Parameters<typeof previewMail>[1], string]>([
    ['digits that no code has', APP, { digits: '7' }, 'digits: 6, 8, 10'],
    ['a notice that the app does not send', WITHOUT_NOTICES, { kind: 'locked' }, 'kind: this app sends no'],
  ])('is refused for %s', (_name, app, query, message) => {
    expect(() => previewMail(app, query)).toThrow(message);
  });
});

describe('a frame', () => {
  test('runs nothing, and loads images only if they are asked for', () => {
    const policyOf = (images?: 'off' | 'on') =>
      String(mailFrame('<p>', images).headers?.['content-security-policy']);

    expect(policyOf()).toMatch(/^default-src 'none';.* img-src data:;/);
    expect(policyOf('on')).toMatch(/^default-src 'none';.* img-src https: data:;/);
  });

  const { html } = previewMail(APP, {});

  test.each([
    ['light', '@media not all {', '(prefers-color-scheme'],
    ['dark', '@media all {', '(prefers-color-scheme'],
    ['bare', '<h1', '@media'],
    ['inverted', 'filter: invert(1)', '(prefers-color-scheme'],
    ['unheard-of', '@media not all {', '(prefers-color-scheme'],
  ])('shows the theme %s whatever the browser’s is', (theme, has, hasNot) => {
    expect(inTheme(html, theme)).toContain(has);
    expect(inTheme(html, theme)).not.toContain(hasNot);
  });
});
