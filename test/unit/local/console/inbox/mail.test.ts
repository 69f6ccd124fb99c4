import { expect, test } from 'vitest';
import { codeOf, newestFirst, type ShownMail } from '../../../../../local/console/inbox/mail.ts';
import { composeMail } from '../../../../../services/deliver-code/compose-mail.ts';
import type { Code } from '../../../../../shared/domain/code.ts';

test.each(['012345', '0000000000'])('finds the code %s in the mail that brings it', (code) => {
  for (const locale of ['en', 'de', 'es', 'fr']) {
    expect(codeOf(composeMail({ code: code as Code, minutesLeft: 5, locale, at: Date.now() }))).toBe(code);
  }
});

test('finds none where no number stands alone', () => {
  expect(codeOf({ text: 'Call 123456 today.\n\n12345\n\n12345678901' })).toBeUndefined();
});

test('shows the mails newest first, which arrive oldest first', () => {
  const mails = ['first', 'second'].map((messageId) => ({ messageId }) as ShownMail);

  expect(newestFirst(mails).map(({ messageId }) => messageId)).toEqual(['second', 'first']);
});
