/** The policy of a page that is served without our headers. */

/** In China, AWS has names of its own. Amplify, which makes the calls, knows no other exception. */
const cognitoHost = (region: string): string =>
  `cognito-idp.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

/** Returns the same policy as on the local system, except that it allows Cognito's host. */
export const securityPolicy = (region: string): string =>
  [
    "default-src 'self'",
    `connect-src 'self' https://${cognitoHost(region)}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
