import { describe, expect, test } from 'vitest';
import { WRITTEN_CHECKS } from '../../../../local/mails/checklist.ts';
import type { JudgedMail } from '../../../../local/mails/judged-mail.ts';
import { allMails, HOSTILE_BRAND, judgedCodeMail, TAGS } from '../../../support/mail/judged-mails.ts';
import { BRAND } from '../../../support/mail/mail-settings.ts';
import { PLANTED_FAULTS } from '../../../support/mail/planted-faults.ts';

const mails = await allMails();
const problemsOf = (mail: JudgedMail): readonly number[] =>
  WRITTEN_CHECKS.filter(({ find }) => find(mail).length > 0).map(({ number }) => number);

describe('the mails of all languages, lengths of code, brands and kinds', () => {
  test('are all there', () => {
    expect(mails.length).toBe(TAGS.length * 3 * (2 + 2));
    expect(new Set(mails.map(({ mail }) => mail.html)).size).toBe(mails.length);
  });

  test.each(WRITTEN_CHECKS.map((check) => [check.says, check] as const))('pass: %s', (_, { find }) => {
    const problems = mails.flatMap(({ name, mail }) => find(mail).map((problem) => `${name}: ${problem}`));

    expect(problems).toEqual([]);
  });
});

describe.each(['en', 'ar', 'ja'])('a mail in %s', async (tag) => {
  const mail = await judgedCodeMail(tag, BRAND);

  test.each(PLANTED_FAULTS.map((fault) => [fault.name, fault] as const))(
    'with one fault is found: %s',
    (_, { check, plant }) => {
      expect(problemsOf({ ...mail, ...plant(mail) })).toContain(check);
    },
  );
});

test('each check finds a fault', () => {
  const found = new Set(PLANTED_FAULTS.map(({ check }) => check));

  expect(WRITTEN_CHECKS.map(({ number }) => number).filter((number) => !found.has(number))).toEqual([]);
});

test('a hostile name is text, wherever it stands', async () => {
  const { html, subject, headers } = await judgedCodeMail('en', {
    ...HOSTILE_BRAND,
    name: '<script>"&\r\nBcc: x',
  });

  expect(html).not.toContain('<script>');
  expect(subject).not.toMatch(/[\r\n]/);
  expect(JSON.stringify(headers)).not.toContain('Bcc');
});
