import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readSettings } from '../../../../infra/settings/settings.ts';
import { LIMITS, type Limit } from '../../../../shared/domain/limits.ts';
import { parameterName } from '../../../../tools/template/parameter-kinds.ts';
import { parametersOf } from '../../../../tools/template/parameters.ts';
import { wholeNumbers } from '../../../../tools/template/whole-numbers.ts';

const OWN = parametersOf('own');
const EXISTING = parametersOf('existing');

const takes = (name: string, value: string) =>
  new RegExp(`${{ ...EXISTING, ...OWN }[name]?.allowedPattern}`).test(value);

describe('a limit', () => {
  const limits = Object.entries<Limit>(LIMITS).filter(([name]) => name !== 'lockDuration');

  test.each(limits)(
    '%s has its range, its default and its unit',
    (name, { min, max, unit, default: fallback }) => {
      const { constraintDescription, description, ...parameter } = OWN[parameterName(name)] ?? {};
      const amount = unit === undefined ? '' : ` of ${unit}`;

      expect(parameter).toEqual({
        type: 'String',
        default: String(fallback),
        allowedPattern: `^${wholeNumbers(min, max)}$`,
      });
      expect(constraintDescription).toBe(`must be a whole number${amount} from ${min} to ${max}`);
      expect(description).toContain(`a whole number${amount} from ${min} to ${max}`);
    },
  );

  it('that synthesis compares with the life of a code is as long as the longest', () => {
    const longest = LIMITS.codeLifetime.max / 60;

    for (const name of ['LockDuration', 'SessionValidity']) {
      expect(takes(name, String(longest))).toBe(true);
      expect(takes(name, String(longest - 1))).toBe(false);
    }
  });
});

test('the session of a pool that exists may be as short as Cognito allows', () => {
  expect(EXISTING.SessionValidity).toMatchObject({
    default: '3',
    allowedPattern: `^${wholeNumbers(3, 15)}$`,
  });
});

test('what only some templates need is in those alone', () => {
  const further = Object.keys(EXISTING).filter((name) => !Object.hasOwn(OWN, name));

  expect(further).toEqual(['UserPoolArn', 'ReportingClients', 'SmsRoleArn', 'CustomSenderKeyArn']);
  expect(Object.keys(OWN).filter((name) => !Object.hasOwn(EXISTING, name))).toEqual([]);
});

test('descriptions are sentences of plain text that name parameters, not settings', () => {
  for (const { description = '' } of Object.values({ ...OWN, ...EXISTING })) {
    expect(description).toMatch(/^[A-Z][^`]*\.$/);
    for (const name of Object.keys(LIMITS)) expect(description).not.toMatch(new RegExp(`\\b${name}\\b`));
  }
});

describe('a text', () => {
  test.each([
    ['EmailSender', 'otp@example.com'],
    ['EmailSender', "o'tp+x.y@mail.example.co.uk"],
    ['EmailSender', `${'o'.repeat(64)}@example.com`],
    ['SenderName', ''],
    ['SenderName', 'The Shop & Co.'],
    ['CodePrefix', ''],
    ['CodePrefix', 'email-otp/'],
    ['CodePrefix', 'a/b.1/'],
    ['AlarmTopic', ''],
    ['AlarmTopic', 'arn:aws-cn:sns:cn-north-1:111122223333:alarms'],
    ['CodeBucket', 'my-bucket.1'],
    ['SmsRoleArn', ''],
    ['SmsRoleArn', 'arn:aws:iam::111122223333:role/service-role/texts'],
    ['CustomSenderKeyArn', ''],
    ['CustomSenderKeyArn', 'arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1234abcd'],
  ])('%s may be %j', (name, value) => {
    expect(takes(name, value)).toBe(true);
  });

  test.each([
    ['EmailSender', ''],
    ['EmailSender', 'otp@localhost'],
    ['EmailSender', 'otp@example.123'],
    ['EmailSender', 'otp@Example.com'],
    ['EmailSender', '*@example.com'],
    ['EmailSender', 'ot?@example.com'],
    ['EmailSender', `${'o'.repeat(65)}@example.com`],
    ['EmailSender', `otp@${'e'.repeat(64)}.com`],
    ['EmailSender', 'Shop <otp@example.com>'],
    ['EmailSender', 'a@b@example.com'],
    ['EmailSender', 'otp@example.com, eve@example.org'],
    ['EmailSender', 'ötp@example.com'],
    ['SenderName', 'Shop" <eve@example.org>'],
    ['SenderName', 'Shop\nBcc'],
    ['SenderName', 'Müller'],
    ['SenderName', '   '],
    ['SenderName', 'S'.repeat(65)],
    ['CodePrefix', 'email-otp'],
    ['CodePrefix', '/'],
    ['AlarmTopic', 'alarms'],
    ['CodeBucket', ''],
    ['CodeBucket', 's3://bucket'],
    ['SmsRoleArn', 'texts'],
    ['SmsRoleArn', 'arn:aws:iam::111122223333:role/*'],
    ['SmsRoleArn', 'arn:aws:iam::*:role/texts'],
    ['SmsRoleArn', 'arn:aws:iam::111122223333:user/texts'],
    ['CustomSenderKeyArn', 'arn:aws:kms:eu-west-1:111122223333:alias/senders'],
    ['CustomSenderKeyArn', 'arn:aws:kms:eu-west-1:111122223333:key/*'],
  ])('%s may not be %j', (name, value) => {
    expect(takes(name, value)).toBe(false);
  });
});

test('a sender that the template takes is one that a CDK app takes as it stands', () => {
  const local = fc.string({ unit: fc.constantFrom(...'aZ0_+&{}.'), minLength: 1, maxLength: 9 });
  const domain = fc.string({ unit: fc.constantFrom(...'az0-.'), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(local, domain, (name, host) => {
      const emailSender = `${name}@${host}.example`;
      fc.pre(takes('EmailSender', emailSender));

      expect(readSettings({ emailSender }).emailSender).toBe(emailSender);
    }),
  );
});
