import { expect, test } from 'vitest';
import {
  challengeOf,
  codeOf,
  headLines,
  isFound,
  kindOf,
  newestFirst,
  type ShownMail,
} from '../../../../../local/console/inbox/mail.ts';
import type { Code } from '../../../../../shared/domain/code.ts';
import { composeCodeMail } from '../../../../../shared/mail/compose-mail.ts';
import { BRAND, SHIPPED } from '../../../../support/mail/mail-settings.ts';

test.each(['012345', '0000000000'])('finds the code %s in the mail that brings it', (code) => {
  for (const locale of Object.keys(SHIPPED.texts)) {
    const content = { code: code as Code, minutesLeft: 5, locale, at: Date.now() };

    expect(codeOf(composeCodeMail(SHIPPED, content))).toBe(code);
    expect(codeOf(composeCodeMail({ ...SHIPPED, brand: BRAND }, content))).toBe(code);
  }
});

test('finds none where no number stands alone', () => {
  expect(codeOf({ text: 'Call 123456 today.\n\n12345\n\n12345678901' })).toBeUndefined();
});

test('shows the mails newest first, which arrive oldest first', () => {
  const mails = ['first', 'second'].map((messageId) => ({ messageId }) as ShownMail);

  expect(newestFirst(mails).map(({ messageId }) => messageId)).toEqual(['second', 'first']);
});

const ID = '01946a45-8000-7000-8000-000000000000';
const MAIL: ShownMail = {
  messageId: 'id-1',
  from: 'otp@example.com',
  to: ['alice@example.com'],
  subject: 'Your code',
  text: 'Enter this code:\n\n004217\n',
  html: '',
  headers: { 'Content-Language': 'en' },
  tags: { user: 'sub', challenge: ID, delivery: '2' },
  receivedAt: '2025-01-15T12:00:00.000Z',
};

test.each(['', 'ALICE', 'your code', 'code alice', '004217', ID, 'id-1'])('is found by "%s"', (search) => {
  expect(isFound(MAIL, search)).toBe(true);
});

test('is not found unless it has all words', () => {
  expect(isFound(MAIL, 'alice bob')).toBe(false);
});

test('leads to its challenge by its tag, and another app’s mail to none', () => {
  expect(challengeOf(MAIL)).toBe(ID);
  expect(challengeOf({ tags: {} })).toBeUndefined();
  expect(challengeOf({ tags: { challenge: '"><script>' } })).toBeUndefined();
});

test('says what it is unless it brings a code', () => {
  expect(kindOf(MAIL)).toBeUndefined();
  expect(kindOf({ text: 'Welcome', tags: {} })).toBe('No code');
  expect(kindOf({ text: 'Locked', tags: { notice: 'locked' } })).toBe('Notice: locked');
  expect(kindOf({ text: 'Wrong codes', tags: { notice: 'wrongCodes' } })).toBe('Notice: wrong codes');
});

test('shows its headers and its tags', () => {
  expect(Object.fromEntries(headLines(MAIL))).toMatchObject({
    To: 'alice@example.com',
    'Content-Language': 'en',
    'Tag challenge': ID,
  });
});
