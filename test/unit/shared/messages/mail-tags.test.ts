import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { readMailTags, writeMailTags } from '../../../../shared/messages/mail-tags.ts';
import { asSesRepeats, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { aChallengeId, REF, USER_ID } from '../../../support/table/challenges.ts';

const MAIL = { ...REF, delivery: 2 };
const TAGS = asSesRepeats(MAIL);

const read = (tags: unknown) => readMailTags(tags, CONFIGURATION_SET);

test('an event names the mail whose tags SES repeats in it', () => {
  const anyMail = fc.record({
    userId: fc.uuid(),
    challengeId: fc.nat({ max: 2 ** 44 }).map(newChallengeId),
    delivery: fc.integer({ min: 1, max: 99 }),
  });
  fc.assert(
    fc.property(anyMail, (mail) => {
      expect(read(asSesRepeats(mail))).toEqual(mail);
    }),
  );
});

test('SES gets them under these names', () => {
  expect(writeMailTags(MAIL)).toEqual([
    { Name: 'user', Value: USER_ID },
    { Name: 'challenge', Value: aChallengeId() },
    { Name: 'delivery', Value: '2' },
  ]);
});

describe('a mail is not ours', () => {
  test.each([
    ['another configuration set', { ...TAGS, 'ses:configuration-set': ['newsletter'] }],
    ['no value for the configuration set', { ...TAGS, 'ses:configuration-set': [] }],
    ['no tags', null],
    ['no challenge', { 'ses:configuration-set': [CONFIGURATION_SET] }],
    ['nothing at all', undefined],
    ['a text', 'challenge'],
  ])('where there is %s', (_, tags) => {
    expect(read(tags)).toBeUndefined();
  });
});

describe('what is malformed is refused, naming the tag but not its value', () => {
  test.each([
    ['user', 'alice@example.com'],
    ['user', 'x'.repeat(300)],
    ['challenge', 'made-up'],
    ['delivery', '0'],
    ['delivery', '1000'],
    ['delivery', '0x1'],
    ['delivery', ' 2 '],
  ])('%s: %s', (name, value) => {
    expect(() => read({ ...TAGS, [name]: [value] })).toThrow(
      expect.objectContaining({
        name: 'InvalidFeedback',
        message: `The tag ${name} is missing or malformed`,
      }),
    );
  });
});
