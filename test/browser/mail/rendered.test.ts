import { expect, test } from 'vitest';
import { describeInBrowser } from '../../support/browser/browser.ts';
import { allMails, judgedCodeMail, type NamedMail, TAGS } from '../../support/mail/judged-mails.ts';
import { useMailPage, withoutStyles } from '../../support/mail/mail-page.ts';
import { BRAND } from '../../support/mail/mail-settings.ts';

// What a reader sees of each mail: in both modes, without the style elements, in programs that invert colours, on a small phone,
// in large letters. No image is ever loaded, so the texts of images are looked at too.

const mails = await allMails();
const ONE_OF_EACH = mails.filter(({ name }) => name.includes('a brand') && !name.includes('10 digits'));
/** The notices are built like the mails with codes, in every language. */
const FOR_AXE = ONE_OF_EACH.filter(({ name, mail }) => mail.code !== undefined || /^(?:ar|en),/.test(name));
const PHONE = 320;

/** 2 × 28 px for six digits, with what stands beside them. */
const LARGE_TEXT_WIDTH = 340;

const named = ({ name }: NamedMail, problems: readonly string[]) =>
  problems.map((problem) => `${name}: ${problem}`);

describeInBrowser('in a browser', () => {
  const { show, problems, axeProblems, doubleText } = useMailPage();

  const findAll = async (
    some: readonly NamedMail[],
    find: (one: NamedMail) => Promise<readonly string[]>,
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const one of some) found.push(...named(one, await find(one)));
    return found;
  };

  test('each mail can be read in light mode and in inverted colours, fits a phone, and its code is copied whole', async () => {
    const found = await findAll(mails, async ({ mail: { html, code } }) => {
      await show(html, { width: PHONE });
      return [...(await problems({ code })), ...(await problems({ code, theme: 'inverted' }))];
    });

    expect(found).toEqual([]);
  });

  test('each mail can be read in dark mode', async () => {
    const found = await findAll(mails, async ({ mail: { html, code } }) => {
      await show(html, { width: PHONE, theme: 'dark' });
      return problems({ code, theme: 'dark' });
    });

    expect(found).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'each mail can be read without its styles in a program in %s mode',
    async (theme) => {
      const found = await findAll(ONE_OF_EACH, async ({ mail: { html, code } }) => {
        await show(withoutStyles(html), { width: PHONE, theme });
        return [...(await problems({ code, theme })), ...(await problems({ code, theme: 'inverted' }))];
      });

      expect(found).toEqual([]);
    },
  );

  test('each mail keeps within a phone in letters of twice the size, and six digits on their line', async () => {
    const found = await findAll(ONE_OF_EACH, async ({ mail: { html, code } }) => {
      await show(html, { width: LARGE_TEXT_WIDTH });
      await doubleText();
      return problems({ code });
    });

    expect(found).toEqual([]);
  });

  test('axe finds nothing in any language, nor in the notices', async () => {
    const found = await findAll(FOR_AXE, async ({ mail: { html } }) => {
      await show(html, { width: PHONE });
      return axeProblems();
    });

    expect(FOR_AXE.length).toBe(TAGS.length + 2 * 2);
    expect(found).toEqual([]);
  });

  test.each([
    ['pale text', 'color:#1b1f27', 'color:#aaaaaa', /^13: /],
    ['pale text in dark mode', '#b4bac4', '#444c55', /^13: /],
    ['something wide', '<h1 ', '<h1 width="400"><div style="width:400px">x</div></h1><h1 ', /^15: /],
    ['a space in the code', '>004217<', '>004 217<', /^9: /],
    ['a code that breaks', '>004217<', '>004<br>217<', /^9: /],
  ])('a mail with %s is found', async (_, what, by, problem) => {
    const { html, code } = await judgedCodeMail('en', BRAND);
    const planted = html.replaceAll(what, by);
    expect(planted).not.toBe(html);

    await show(planted, { width: PHONE, theme: 'dark' });
    const dark = await problems({ code, theme: 'dark' });
    await show(planted, { width: PHONE });
    const light = await problems({ code });

    expect([...dark, ...light].join('\n')).toMatch(new RegExp(problem.source, 'm'));
  });

  test('an image without words and a page without a language are found', async () => {
    const { html } = await judgedCodeMail('en', BRAND);
    await show(html.replace(/ alt="[^"]*"/, '').replace(/<html[^>]*>/, '<html>'), { width: PHONE });

    const found = (await axeProblems()).join('\n');

    expect(found).toContain('image-alt: ');
    expect(found).toContain('html-has-lang: ');
  });
});
