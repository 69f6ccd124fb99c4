import { expect, test } from 'vitest';
import { chooseOtp } from '../../../../commands/common/choose-otp.ts';
import { EXIT } from '../../../../shared/command/failure.ts';

const NAMES = ['TableName', 'UnlockRoleArn'] as const;

/** The outputs of an `EmailOtp`, and one that no command asks for. */
const outputs = (prefix: string) => ({
  [`${prefix}TableName`]: `table of ${prefix}`,
  [`${prefix}UnlockRoleArn`]: `role of ${prefix}`,
  [`${prefix}DashboardUrl`]: 'https://example.com',
});

const choose = (found: Readonly<Record<string, string>>, otp?: string) =>
  chooseOtp(found, NAMES, { where: 'The stack "Shop"', otp });

const refusal = (message: string) => expect.objectContaining({ message, exit: EXIT.usage });

test.each([
  ['without a prefix, as our own stack has them', ''],
  ['behind the construct’s id', 'EmailOtp'],
])('the only ones of a stack are taken: those %s', (_, prefix) => {
  const others = { PictureTableName: 'pictures', UnlockRoleArnOf: 'x' };

  expect(choose({ ...others, ...outputs(prefix) })).toEqual({
    TableName: `table of ${prefix}`,
    UnlockRoleArn: `role of ${prefix}`,
  });
});

test('of several, the one is taken that is asked for', () => {
  const found = { ...outputs('AdminOtp'), ...outputs('ShopOtp'), ...outputs('') };

  expect(choose(found, 'ShopOtp').TableName).toBe('table of ShopOtp');
  expect(choose(found, 'Default').TableName).toBe('table of ');
});

test('of several, one has to be asked for', () => {
  const message =
    'The stack "Shop" has several: AdminOtp, ShopOtp, Default. Choose one, for instance --otp AdminOtp';

  expect(() => choose({ ...outputs('AdminOtp'), ...outputs('ShopOtp'), ...outputs('') })).toThrow(
    refusal(message),
  );
});

test('one that the stack does not have is refused, with those that it has', () => {
  const found = { ...outputs('AdminOtp'), ...outputs('ShopOtp') };

  for (const otp of ['EmailOtp', 'Default', 'Admin', '']) {
    expect(() => choose(found, otp)).toThrow(
      refusal(`The stack "Shop" has no "${otp}"; --otp takes AdminOtp or ShopOtp`),
    );
  }
});

test.each([undefined, 'EmailOtp'])(
  'a stack that lacks one of the outputs is another one, or too old (--otp %s)',
  (otp) => {
    const { EmailOtpUnlockRoleArn: _, ...older } = outputs('EmailOtp');
    const words =
      'The stack "Shop" is another one, or older than this command: it lacks one of the outputs TableName and UnlockRoleArn';

    expect(() => choose(older, otp)).toThrow(refusal(words));
    expect(() => choose({}, otp)).toThrow(refusal(words));
  },
);

test('what is optional is taken where it is there, of the same one', () => {
  const found = { ...outputs('AdminOtp'), ...outputs(''), AdminOtpUserPoolId: 'pool', LambdaConfig: '' };
  const optional = ['UserPoolId', 'LambdaConfig'] as const;
  const chosen = (otp: string) =>
    chooseOtp(found, ['TableName'], { where: 'The stack "Shop"', otp, optional });

  expect(chosen('AdminOtp')).toEqual({ TableName: 'table of AdminOtp', UserPoolId: 'pool' });
  expect(chosen('Default')).toEqual({ TableName: 'table of ' });
});
