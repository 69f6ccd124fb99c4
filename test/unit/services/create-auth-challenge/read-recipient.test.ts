import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRecipient } from '../../../../services/create-auth-challenge/read-recipient.ts';
import { USER_ID } from '../../../support/table/challenges.ts';

const aUser = (attributes: Readonly<Record<string, unknown>> = {}) => ({
  userAttributes: { sub: USER_ID, email: 'alice@example.com', ...attributes },
});

const refusalOf = (read: () => unknown): { name?: string; message?: string } => {
  try {
    read();
    return {};
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
};

test('reads the user, the address and the language', () => {
  const recipient = readRecipient(aUser({ locale: 'de-AT', 'cognito:user_status': 'CONFIRMED' }), false);

  expect(recipient).toEqual({ userId: USER_ID, email: 'alice@example.com', locale: 'de-AT' });
});

describe('refuses', () => {
  test.each([
    ['a user whose existence Cognito conceals', { ...aUser(), userNotFound: true }, 'UserUnknown'],
    ['a user without attributes', { userAttributes: null }, 'UserUnknown'],
    ['a user without a subject', aUser({ sub: '' }), 'UserUnknown'],
    ['a user without an address', aUser({ email: undefined }), 'EmailMissing'],
    ['a user with an empty address', aUser({ email: '' }), 'EmailMissing'],
    ['a name that mail cannot carry', aUser({ email: 'jörg@example.com' }), 'EmailNotMailable'],
    ['two addresses', aUser({ email: 'alice@example.com,bob@example.com' }), 'EmailNotMailable'],
  ])('%s', (_, request, name) => {
    const refusal = refusalOf(() => readRecipient(request, false));

    expect(refusal.name).toBe(name);
  });

  test.each([[undefined], ['false'], [true], ['TRUE']])(
    'an address that Cognito marks as %j where only verified ones are wanted',
    (email_verified) => {
      const refusal = refusalOf(() => readRecipient(aUser({ email_verified }), true));

      expect(refusal.name).toBe('EmailNotVerified');
      expect(refusal.message).not.toContain('alice');
    },
  );
});

test('hands on the address as SES takes it', () => {
  const recipient = readRecipient(aUser({ email: ' erika@bücher.example' }), false);

  expect(recipient.email).toBe('erika@xn--bcher-kva.example');
});

test('takes verified addresses where only those are wanted, and all others where not', () => {
  const verified = readRecipient(aUser({ email_verified: 'true' }), true);
  const unverified = readRecipient(aUser({ email_verified: 'false' }), false);

  expect(verified).toEqual(unverified);
});

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['a sentence', 'I speak German'],
  ['markup', '<b>de</b>'],
  ['a very long one', 'de'.repeat(500)],
])('carries the default language for a user with %s', (_, locale) => {
  const recipient = readRecipient(aUser({ locale }), false);

  expect(recipient.locale).toBe('en');
});

test.each([
  ['en', 'en'],
  ['pt-BR', 'pt-BR'],
  ['zh-Hant-TW', 'zh-Hant-TW'],
  ['gsw', 'gsw'],
  ['DE', 'de'],
  ['de_CH', 'de-CH'],
  ['de_DE@currency=EUR', 'de-DE'],
  ['de_DE.UTF-8', 'de-DE'],
  ['fr-FR-u-hc-h23', 'fr-FR'],
  ['zh-Hans-CN', 'zh-Hans-CN'],
  ['zh_CN_#Hans', 'zh-CN'],
  ['de-DE-u-ca-gregory-co-phonebk-hc-h23-nu-latn', 'de-DE'],
  ['de-DE-1996', 'de-DE-1996'],
  ['x-klingon', 'en'],
  ['_', 'en'],
  ['deu', 'de'],
  ['iw_IL', 'he-IL'],
  [' de ', 'de'],
  ['C.UTF-8', 'en'],
])('reads the locale %s as %s', (locale, tag) => {
  const recipient = readRecipient(aUser({ locale }), false);

  expect(recipient.locale).toBe(tag);
});

test('carries no more than a short tag along, whatever the user wrote', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,3}[\w@.-]*$/)), (locale) => {
      const recipient = readRecipient(aUser({ locale }), false);

      expect(recipient.locale).toMatch(/^[A-Za-z0-9-]{2,35}$/);
    }),
  );
});
