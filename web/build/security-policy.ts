/** The policy of a page that is served without our headers. */

/** In China, AWS has names of its own. Amplify, which makes the calls, knows no other exception. */
const cognitoHost = (region: string): string =>
  `cognito-idp.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

/**
 * Returns the same policy as on the local system, except that it allows Cognito's host, and the company's logo from where it is. Throws
 * `TypeError` if `logoUrl` is no address.
 */
export const securityPolicy = (region: string, logoUrl?: string): string =>
  [
    "default-src 'self'",
    `connect-src 'self' https://${cognitoHost(region)}`,
    ...(logoUrl === undefined ? [] : [`img-src 'self' ${new URL(logoUrl).origin}`]),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
