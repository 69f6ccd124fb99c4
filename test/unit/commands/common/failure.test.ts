import { afterEach, expect, it, test, vi } from 'vitest';
import { explainWith } from '../../../../commands/common/failure.ts';
import { generateKey } from '../../../../commands/rotate-key/keyring.ts';

afterEach(() => vi.unstubAllEnvs());

const named = (name: string, message: string, more = {}): Error =>
  Object.assign(new Error(message), { name }, more);

const explain = explainWith({
  permissions: 'cloudformation:DescribeStacks, s3:GetObject',
  missing: 'the table',
});

test.each<[unknown, number, string]>([
  [new Error('Region is missing'), 2, '--region or AWS_REGION'],
  [named('Error', 'connect', { code: 'ECONNREFUSED' }), 1, 'npm start'],
  [named('Error', 'read', { code: 'ECONNRESET' }), 1, 'npm start'],
  [
    named(
      'AccessDeniedException',
      'User: arn:aws:iam::123456789012:user/a is not authorized to perform: dynamodb:Query on resource: arn:…',
    ),
    1,
    'the credentials lack the permission dynamodb:Query. The command needs: cloudformation:DescribeStacks, s3:GetObject.',
  ],
  [
    named('AccessDenied', 'User: a is not authorized to perform: sts:AssumeRole on resource: arn:…'),
    1,
    'the credentials lack the permission sts:AssumeRole',
  ],
  [
    named('AccessDenied', 'Forbidden'),
    1,
    'lack a permission. The command needs: cloudformation:DescribeStacks',
  ],
  [named('ExpiredTokenException', 'The security token has expired'), 1, 'AWS_PROFILE'],
  [
    named('ResourceNotFoundException', 'Requested resource not found'),
    1,
    'AWS does not find the table (ResourceNotFoundException). Is the stack deployed',
  ],
  [named('InternalServerError', 'Try later', { $metadata: {} }), 1, 'InternalServerError: Try later'],
  [named('SyntaxError', 'Unexpected token <', { $metadata: {} }), 1, 'SyntaxError: Unexpected token <'],
  [named('Error', 'getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }), 1, 'AWS cannot be reached (ENOTFOUND)'],
  [named('TimeoutError', 'Socket timed out'), 1, 'AWS cannot be reached (TimeoutError). Check the network'],
  [named('Error', 'certificate has expired', { code: 'CERT_HAS_EXPIRED' }), 1, 'certificate has expired'],
])('%s ends with %i and says what to do', (error, exit, text) => {
  const explanation = explain(error);

  expect(explanation?.exit).toBe(exit);
  expect(explanation?.message).toContain(text);
});

test.each([
  ['no region', new Error('Region is missing')],
  [
    'no credentials',
    named('CredentialsProviderError', 'Could not resolve credentials using profile: [nope]'),
  ],
])('a profile that may not exist is named where there is %s', (_, error) => {
  vi.stubEnv('AWS_PROFILE', 'nope');
  expect(explain(error)?.message).toContain('Is there a profile "nope", as AWS_PROFILE says?');

  vi.stubEnv('AWS_PROFILE', undefined);
  expect(explain(error)?.message).not.toContain('Is there a profile');
});

test.each([
  ['our own', new TypeError("Cannot read properties of undefined (reading 'sub')")],
  ['of no error at all', 'a text'],
])('a bug is not explained away: %s keeps its stack', (_, error) => {
  expect(explain(error)).toBeUndefined();
});

it("does not repeat an address from AWS's words", () => {
  const odd = named('InvalidParameterException', 'alice@example.com is odd', { $metadata: {} });

  expect(explain(odd)?.message).toBe('InvalidParameterException: *** is odd');
});

it('repeats the long names of AWS', () => {
  const name = 'InvalidSmsRoleTrustRelationshipException';
  const property = 'AttributesRequireVerificationBeforeUpdate';
  const refused = named(name, `Member ${property} is odd`, { $metadata: {} });

  expect(explain(refused)?.message).toBe(`${name}: Member ${property} is odd`);
});

it('does not repeat a key from AWS’s words', () => {
  const key = generateKey();
  const refused = named(
    'ValidationException',
    `Value '{"1970-01-01T00:00:00.000Z":"${key}"}' at 'secretString' failed to satisfy constraint`,
    { $metadata: {} },
  );

  const { message = '' } = explain(refused) ?? {};

  expect(message).toContain('"1970-01-01T00:00:00.000Z":"***"');
  expect(message).not.toContain(key.slice(0, 16));
});
