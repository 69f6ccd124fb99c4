import { expect, test } from 'vitest';
import { securityPolicy } from '../../../../web/build/security-policy.ts';

test.each([
  ['eu-west-1', 'https://cognito-idp.eu-west-1.amazonaws.com'],
  ['us-gov-west-1', 'https://cognito-idp.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn'],
])('a page for %s may call Cognito there and its own server, and nothing else', (region, host) => {
  expect(securityPolicy(region).split('; ')).toContain(`connect-src 'self' ${host}`);
});
