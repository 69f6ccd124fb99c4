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
  const recipient = readRecipient(
    aUser({ locale: 'de-AT', 'cognito:user_status': 'CONFIRMED' }),
    undefined,
    false,
  );

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
    const refusal = refusalOf(() => readRecipient(request, undefined, false));

    expect(refusal.name).toBe(name);
  });

  test.each([[undefined], ['false'], [true], ['TRUE']])(
    'an address that Cognito marks as %j where only verified ones are wanted',
    (email_verified) => {
      const refusal = refusalOf(() => readRecipient(aUser({ email_verified }), undefined, true));

      expect(refusal.name).toBe('EmailNotVerified');
      expect(refusal.message).not.toContain('alice');
    },
  );
});

test('hands on the address as SES takes it', () => {
  const recipient = readRecipient(aUser({ email: ' erika@bücher.example' }), undefined, false);

  expect(recipient.email).toBe('erika@xn--bcher-kva.example');
});

test('takes verified addresses where only those are wanted, and all others where not', () => {
  const verified = readRecipient(aUser({ email_verified: 'true' }), undefined, true);
  const unverified = readRecipient(aUser({ email_verified: 'false' }), undefined, false);

  expect(verified).toEqual(unverified);
});

test.each([
  ['their own setting before the page’s language', 'fr_CA', 'de', 'fr-CA,de'],
  ['the page’s language where they have set none', undefined, 'de', 'de'],
  ['none, if there is neither', undefined, undefined, 'und'],
])('carries along the languages that the user wishes for: %s', (_, locale, pageLocale, wishes) => {
  const recipient = readRecipient(aUser({ locale }), pageLocale, false);

  expect(recipient.locale).toBe(wishes);
});
