import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import {
  CONSTRUCTS,
  installIn,
  NEWEST_CDK,
  runIn,
  TYPESCRIPT,
  writeJson,
} from '../support/package/workspace.ts';

// An app as `cdk init` makes it has tests in Jest, which loads CommonJS only.

/** As `cdk init app --language typescript` has them. */
const TOOLS = { jest: '30.5.2', 'ts-jest': '29.4.15', '@types/jest': '30.0.0' };

const TEST = `
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailOtp } from 'cognito-email-otp';

test('the app has a second factor', () => {
  const stack = new Stack(new App(), 'Shop');
  const userPool = new UserPool(stack, 'Users', { accountRecovery: AccountRecovery.NONE });
  userPool.addClient('Web', { authFlows: { custom: true }, disableOAuth: true });
  new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com' });

  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 7);
});
`;

test('an app’s own tests in Jest synthesize it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jest-'));
  await installIn(folder, {
    ...TOOLS,
    'aws-cdk-lib': NEWEST_CDK,
    constructs: CONSTRUCTS,
    typescript: TYPESCRIPT,
    'cognito-email-otp': `file:${inject('tarball')}`,
  });
  writeJson(join(folder, 'tsconfig.json'), {
    compilerOptions: { target: 'ES2022', module: 'NodeNext', strict: true, skipLibCheck: true },
  });
  writeFileSync(
    join(folder, 'jest.config.js'),
    "module.exports = { testEnvironment: 'node', transform: { '^.+\\\\.ts$': 'ts-jest' } };",
  );
  writeFileSync(join(folder, 'shop.test.ts'), TEST);

  const { code, output } = await runIn(folder, process.execPath, ['node_modules/jest/bin/jest.js']);

  expect(code, output).toBe(0);
  expect(output).toContain('the app has a second factor');
});
