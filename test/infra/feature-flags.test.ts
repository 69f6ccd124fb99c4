import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { EmailOtp } from '../../infra/email-otp.ts';
import { NO_BUNDLES } from '../support/infra/templates.ts';

// The CDK's feature flags are the app's, and an old app has none. What the constructs deploy must not depend on them.

type Json = Readonly<Record<string, unknown>>;

const CDK_JSON = new URL('../../cdk.json', import.meta.url);
const FLAGS: Json = JSON.parse(readFileSync(CDK_JSON, 'utf8')).context;

const synthesize = (flags: Json, isEverythingOn: boolean): Json => {
  const app = new App({
    context: { ...flags, ...NO_BUNDLES },
    builtinCloudFormationValidation: false,
  });
  const stack = new Stack(app, 'Shop');
  const userPool = new UserPool(stack, 'Pool', { accountRecovery: AccountRecovery.NONE });
  new EmailOtp(stack, 'EmailOtp', {
    userPool,
    emailSender: 'otp@example.com',
    ...(isEverythingOn && {
      auditArchive: true,
      tracing: true,
      encryptionKey: new Key(stack, 'Key'),
      alarmTopic: new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey') }),
    }),
  });
  return Template.fromStack(stack).toJSON();
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A flag joins and sorts statements. So they are compared as what they say: each action on each resource. */
const grantsOf = (statements: readonly Json[]): readonly string[] => {
  const grants = statements.flatMap(({ Action, Resource, ...others }) =>
    listOf(Action).flatMap((action) =>
      listOf(Resource).map((resource) => JSON.stringify({ action, resource, ...withGrants(others) })),
    ),
  );
  return [...new Set(grants)].toSorted();
};

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const withGrants = (value: object): object =>
  Object.fromEntries(
    Object.entries(value)
      .toSorted(byText)
      .map(([key, part]) => {
        if (key === 'Statement') return [key, grantsOf(part)];
        if (key === 'Service' && Array.isArray(part)) return [key, part.toSorted()];
        if (Array.isArray(part)) return [key, part.map((one) => withGrants({ one }))];
        return [key, typeof part === 'object' && part !== null ? withGrants(part) : part];
      }),
  );

describe.each([
  ['the defaults', false],
  ['everything on', true],
])('with %s', (_, isEverythingOn) => {
  it('an app without feature flags deploys what one with all of them does', () => {
    const old = withGrants(synthesize({}, isEverythingOn));

    expect(old).toEqual(withGrants(synthesize(FLAGS, isEverythingOn)));
  });
});

it('a statement that one of two templates lacks is seen', () => {
  const statement = (Action: readonly string[]) => withGrants({ Statement: [{ Action, Resource: '*' }] });

  expect(statement(['a:B', 'a:C'])).toEqual(statement(['a:C', 'a:B']));
  expect(statement(['a:B'])).not.toEqual(statement(['a:B', 'a:C']));
});
