import { describe, expect, it, test } from 'vitest';
import { LIMITS, type Limit } from '../../../../shared/domain/limits.ts';
import { parameterName } from '../../../../tools/template/parameter-kinds.ts';
import { parametersOf } from '../../../../tools/template/parameters.ts';

const OWN = parametersOf('own');
const EXISTING = parametersOf('existing');

describe('a limit', () => {
  const limits = Object.entries<Limit>(LIMITS).filter(([name]) => name !== 'lockDuration');

  test.each(limits)(
    '%s has its range, its default and its unit',
    (name, { min, max, unit, default: fallback }) => {
      const { constraintDescription, description, ...parameter } = OWN[parameterName(name)] ?? {};
      const amount = unit === undefined ? '' : ` of ${unit}`;

      expect(parameter).toEqual({ type: 'Number', default: fallback, minValue: min, maxValue: max });
      expect(constraintDescription).toBe(`must be a whole number${amount} from ${min} to ${max}`);
      expect(description).toContain(`a whole number${amount} from ${min} to ${max}`);
    },
  );

  it('that synthesis compares with the life of a code is as long as the longest', () => {
    const longest = Number(OWN.CodeLifetime?.maxValue) / 60;

    expect(OWN.LockDuration?.minValue).toBe(longest);
    expect(OWN.SessionValidity?.minValue).toBe(longest);
  });
});

test('the session of a pool that exists may be as short as Cognito allows', () => {
  expect(EXISTING.SessionValidity).toMatchObject({ minValue: 3, maxValue: 15, default: 3 });
});

test('what only some templates need is in those alone', () => {
  expect(Object.keys(OWN)).not.toContain('UserPoolArn');
  expect(Object.keys(EXISTING)).toContain('UserPoolArn');
});

test('descriptions are sentences of plain text that name parameters, not settings', () => {
  for (const { description = '' } of Object.values({ ...OWN, ...EXISTING })) {
    expect(description).toMatch(/^[A-Z][^`]*\.$/);
    for (const name of Object.keys(LIMITS)) expect(description).not.toMatch(new RegExp(`\\b${name}\\b`));
  }
});

describe('a text', () => {
  const takes = (name: string, value: string) => new RegExp(`${OWN[name]?.allowedPattern}`).test(value);

  test.each([
    ['EmailSender', 'otp@example.com'],
    ['EmailSender', "o'tp+x.y@mail.example.co.uk"],
    ['SenderName', ''],
    ['SenderName', 'The Shop & Co.'],
    ['CodePrefix', ''],
    ['CodePrefix', 'email-otp/'],
    ['CodePrefix', 'a/b.1/'],
    ['AlarmTopic', ''],
    ['AlarmTopic', 'arn:aws-cn:sns:cn-north-1:111122223333:alarms'],
    ['CodeBucket', 'my-bucket.1'],
  ])('%s may be %j', (name, value) => {
    expect(takes(name, value)).toBe(true);
  });

  test.each([
    ['EmailSender', ''],
    ['EmailSender', 'otp@localhost'],
    ['EmailSender', 'Shop <otp@example.com>'],
    ['EmailSender', 'a@b@example.com'],
    ['EmailSender', 'otp@example.com, eve@example.org'],
    ['EmailSender', 'ötp@example.com'],
    ['SenderName', 'Shop" <eve@example.org>'],
    ['SenderName', 'Shop\nBcc'],
    ['SenderName', 'Müller'],
    ['SenderName', 'S'.repeat(65)],
    ['CodePrefix', 'email-otp'],
    ['CodePrefix', '/'],
    ['AlarmTopic', 'alarms'],
    ['CodeBucket', ''],
    ['CodeBucket', 's3://bucket'],
  ])('%s may not be %j', (name, value) => {
    expect(takes(name, value)).toBe(false);
  });
});
