import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aws } from 'aws-cdk-lib';
import { describe, expect, it, test } from 'vitest';
import { brandOf, mailSettings } from '../../../../infra/mail/mail-file.ts';
import { checkSettings, readSettings, SettingsError } from '../../../../infra/settings/settings.ts';
import { shippedTexts } from '../../../../shared/language/shipped-texts.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

const aMailFolder = (files: Files): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mail-'));
  mkdirSync(join(folder, 'texts'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};

const problemsOf = (mail: unknown): readonly string[] => {
  try {
    readSettings({ emailSender: 'otp@example.com', mail });
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n- ').slice(1);
    throw error;
  }
  return expect.unreachable('the mail was taken');
};

const brand = { name: 'Café' };
const informal = JSON.stringify({ lead: 'The code to type:' });

describe('mail, given as a folder', () => {
  const folder = aMailFolder({
    'mail.json': JSON.stringify({ brand, defaultLocale: 'en' }),
    'texts/en.json': `\ufeff${informal}`,
    'texts/README.md': '# Not a language',
    'texts/.DS_Store': new Uint8Array([0, 1]),
    'README.md': '',
  });

  it('has the brand and the texts, put over those of the package, and leaves other files alone', () => {
    const settings = mailSettings(readSettings({ emailSender: 'otp@example.com', mail: folder }));

    expect(settings.brand).toEqual(brand);
    expect(settings.texts.en?.lead).toBe('The code to type:');
    expect(settings.texts.en?.secrecy).toBe(shippedTexts().en?.secrecy);
    expect(Object.keys(settings.texts)).toEqual(Object.keys(shippedTexts()));
  });

  it.each([true, false])(
    'has the texts of the notices only for a deployment that sends them: %s',
    (notices) => {
      const { texts } = mailSettings(readSettings({ emailSender: 'otp@example.com', notices }));

      for (const all of Object.values(texts)) {
        expect([all.locked !== undefined, all.wrongCodes !== undefined]).toEqual([notices, notices]);
      }
    },
  );

  it('may be without one of the two, and is not without both', () => {
    expect(() => problemsOf(aMailFolder({ 'texts/en.json': informal }))).toThrow('the mail was taken');
    expect(problemsOf(join(folder, 'texts'))[0]).toContain('must be a folder with mail.json or texts in it');
  });

  it('can be read again as the prop that it becomes', () => {
    const { mail } = readSettings({ emailSender: 'otp@example.com', mail: folder });

    expect(mail).toEqual({ brand, defaultLocale: 'en', texts: join(folder, 'texts') });
    expect(checkSettings({ emailSender: 'otp@example.com', mail }).mail).toEqual(mail);
  });
});

test('all that is wrong in a folder is said at once, each with its file and its key', () => {
  const folder = aMailFolder({
    'mail.json': JSON.stringify({
      brand: { name: 'A"', accentColor: '#ffee00' },
      defaultLocale: 'pt',
      tone: 'calm',
      texts: 'x',
    }),
    'de.json': '{}',
    'texts/en.json': JSON.stringify({ subject: 'Code 1', colour: 'x' }),
    'texts/zh-hans.json': '{}',
    'texts/package-of-mine.json': '{}',
    'texts/sv.json': '{ "lead": "Kod:" ',
    'texts/fi.json': new Uint8Array([0x7b, 0xe4, 0x7d]),
  });
  mkdirSync(join(folder, 'texts/nb.json'));
  const problems = problemsOf(folder).map((problem) => problem.replaceAll(`${folder}/`, ''));

  for (const expected of [
    'mail.json: tone is not known; there are brand, defaultLocale',
    'mail.json: texts is the folder beside it: leave it out',
    'de.json is not read: move it into texts, or elsewhere',
    'mail.json: brand.name has one of " \\ { } =?, which no sender can have in its name: leave it out',
    'mail.json: brand.accentColor #ffee00 has less than 3 : 1 of contrast to #ffffff or #23262d',
    'mail.json: defaultLocale ',
    'texts/en.json: colour is not known',
    'texts/en.json: subject lacks {brand}, which is filled in there',
    'texts/en.json: subject has a digit',
    'texts/zh-hans.json must be called zh-Hans.json',
    'texts/package-of-mine.json is not called after a language',
    'texts/sv.json is not JSON: ',
    'texts/fi.json is not UTF-8: save it so',
    'texts/nb.json is a folder: give a file',
  ])
    expect(
      problems.filter((problem) => problem.startsWith(expected)),
      expected,
    ).toHaveLength(1);
  expect(problems).toHaveLength(14);
});

test.each<readonly [string, unknown, string]>([
  ['a folder that is not there', 'nowhere/mail', 'mail must be a folder with mail.json in it: '],
  ['no folder', '', 'mail must be a folder with mail.json in it: nothing is none'],
  ['a number', 5, 'mail must be an object with brand, texts and defaultLocale'],
  [
    'texts that are not there',
    { texts: 'nowhere' },
    'mail: texts must be a folder with a file for each language: ',
  ],
  ['texts that are no path', { texts: {} }, 'mail: texts must be a folder'],
  [
    'a field that is not known',
    { logo: 'x' },
    'mail: logo is not known; there are brand, texts, defaultLocale',
  ],
  ['a value of the deployment', { brand: { name: Aws.REGION } }, 'mail must be known at synthesis'],
  ['a locale of another case', { defaultLocale: 'EN' }, 'mail: defaultLocale has no file: en has one'],
  ['a locale without texts', { defaultLocale: 'tlh' }, 'mail: defaultLocale must be one of '],
])('%s is refused', (_, mail, expected) => {
  expect(problemsOf(mail)[0]).toMatch(new RegExp(`^${expected.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
});

test('a name that does not fit into a shipped subject is refused with what to do', () => {
  const [problem] = problemsOf({ brand: { name: 'x'.repeat(40) } });

  expect(problem).toMatch(
    /^mail: with this brand.name the shipped \S+\.json does not fit: .*Shorten the name, or give/,
  );
});

describe('without a brand', () => {
  const brandFor = (emailSender: string) => brandOf(readSettings({ emailSender }));

  it('the name of the sender is the brand, decoded', () => {
    expect(brandFor('Müller GmbH <otp@example.com>')).toEqual({ name: 'Müller GmbH' });
    expect(brandFor('"Example, Inc." <otp@example.com>')).toEqual({ name: 'Example, Inc.' });
    expect(brandFor(`${'ä'.repeat(25)} <otp@example.com>`)).toEqual({ name: 'ä'.repeat(25) });
  });

  it('a sender without a name, or with one that does not fit, leaves the mails without one', () => {
    expect(brandFor('otp@example.com')).toBeUndefined();
    expect(brandFor(`${'x'.repeat(41)} <otp@example.com>`)).toBeUndefined();
    expect(brandFor('Shop 123456 <otp@example.com>')).toBeUndefined();
  });
});
