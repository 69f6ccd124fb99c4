import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  CALLED_TRIGGERS,
  CLIENT_PROPERTIES,
  type KnownProperties,
  POOL_PROPERTIES,
  TRIGGER_SETTINGS,
  UNCALLED_TRIGGERS,
} from '../../../../../local/engines/cognito/known-properties.ts';
import { unsupportedByPool } from '../../../../../local/engines/cognito/unsupported.ts';
import { ROOT } from '../../../structure/sources.ts';

// A new version of the CDK brings new properties. Each has to be played, refused or left alone on purpose.

const generated = readFileSync(
  join(ROOT, 'node_modules/aws-cdk-lib/aws-cognito/lib/cognito.generated.js'),
  'utf8',
);

/** The names that CloudFormation has for the members of an interface of the CDK, from the function that writes them. */
const membersOf = (name: string): readonly string[] => {
  const writer = new RegExp(
    `function convert${name}ToCloudFormation\\(.*?assertSuccess\\(\\),\\{(.*?)\\}\\):properties`,
    's',
  );
  const [, body = ''] = writer.exec(generated) ?? [];
  return Array.from(`,${body}`.matchAll(/,([A-Z]\w+):/g), ([, member = '']) => member).toSorted();
};

const all = ({ played, refused, leftAlone }: KnownProperties) => [...played, ...refused, ...leftAlone];

test.each([
  ['CfnUserPoolProps', all(POOL_PROPERTIES)],
  ['CfnUserPoolClientProps', all(CLIENT_PROPERTIES)],
])('each property of %s is in one list, and no other is in any', (name, known) => {
  expect(membersOf(name).length).toBeGreaterThan(10);
  expect(known.toSorted()).toEqual(membersOf(name));
});

/** Whose response would make a user of somebody unknown. */
const REFUSED_TRIGGERS = ['UserMigration'];

test('each trigger that the CDK knows is called, never called or refused by name', () => {
  const known = [...CALLED_TRIGGERS, ...UNCALLED_TRIGGERS, ...TRIGGER_SETTINGS, ...REFUSED_TRIGGERS];

  expect(known.toSorted()).toEqual(membersOf('CfnUserPoolLambdaConfigProperty'));
  for (const name of REFUSED_TRIGGERS) {
    expect(unsupportedByPool('pool', { LambdaConfig: { [name]: 'arn' } })).toEqual([
      `The user pool pool has a trigger that is not called here (LambdaConfig.${name}). Create it without that trigger`,
    ]);
  }
});

test.each(POOL_PROPERTIES.refused)('the pool is refused for its %s, by name', (name) => {
  const asked: Readonly<Record<string, unknown>> = {
    AliasAttributes: ['email'],
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    MfaConfiguration: 'ON',
    WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  };

  expect(unsupportedByPool('pool', { [name]: asked[name] }).join()).toContain(`(${name})`);
});
