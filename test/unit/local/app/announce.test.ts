import { expect, test } from 'vitest';
import { announcementText, describeOutputs } from '../../../../local/app/announce.ts';
import type { OfferedUsers } from '../../../../local/app/users/offered-users.ts';
import type { System } from '../../../../local/system.ts';
import { anOtp, ENDPOINT, run } from './an-app.ts';

const outputsOf = (stacks: Readonly<Record<string, object>>) => {
  const { otps, template } = run(stacks);
  return describeOutputs({ url: ENDPOINT, otps, region: template.region } as unknown as System);
};

test('the outputs of the only EmailOtp have no prefix', () => {
  expect(outputsOf({ Shop: anOtp('ShopOtp') })).toMatchObject({
    TableName: 'Shop-Table',
    region: 'us-east-1',
  });
});

test('those of several keep their prefixes, and each pool is there with its clients', () => {
  const outputs = outputsOf({ Shop: anOtp('ShopOtp'), Staff: anOtp('StaffOtp') });

  expect(outputs).toMatchObject({
    ShopOtpTableName: 'Shop-Table',
    StaffOtpTableName: 'Staff-Table',
    pools: [
      { otp: 'ShopOtp', userPoolEndpoint: ENDPOINT, clients: [{ name: 'Client' }] },
      { otp: 'StaffOtp', userPoolEndpoint: ENDPOINT, clients: [{ name: 'Client' }] },
    ],
  });
  expect(outputs).not.toHaveProperty('TableName');
});

const announced = (
  stacks: Readonly<Record<string, object>>,
  users: OfferedUsers,
  folder = '/app/.local',
  absentPools: readonly string[] = [],
): string => {
  const { otps, template, leftAlone, notes } = run(stacks);
  const faults = { current: () => ({}) };
  const system = { url: ENDPOINT, otps, region: template.region, leftAlone, notes, faults };
  return announcementText({
    system: system as unknown as System,
    folder,
    base: '/app',
    isOwn: false,
    users,
    leftAloneFile: leftAlone.length === 0 ? undefined : `${folder}/left-alone.txt`,
    absentPools,
    howToReload: 'Enter',
  });
};

const DEMO = { kind: 'demo', user: { username: 'demo@example.com', password: 'Secret-1' } } as const;

test('the demo user is offered where there is one, with how to sign in', () => {
  const text = announced({ Shop: anOtp('A'), Staff: anOtp('B') }, { ...DEMO, otp: 'B' });

  expect(text).toContain('demo user      demo@example.com, password Secret-1');
  expect(text).toMatch(/sign in .* --username demo@example\.com --password Secret-1 --otp B$/m);
});

test('nobody is offered where nobody could be created', () => {
  const text = announced({ Shop: anOtp() }, { kind: 'nobody' });

  expect(text).not.toMatch(/demo user|sign in {2}/);
});

test('with a file its first user is offered without the password, and all are counted', () => {
  const users = { kind: 'file', username: 'ann@example.com', otp: 'EmailOtp', created: 2, kept: 1 } as const;

  const text = announced({ Shop: anOtp() }, users);

  expect(text).toContain('users          2 created, 1 kept');
  expect(text).toMatch(/sign in .* --username ann@example\.com$/m);
});

test('a folder with blanks is quoted for the shell', () => {
  const text = announced({ Shop: anOtp() }, { ...DEMO, otp: 'EmailOtp' }, '/my things/$state');

  expect(text).toContain('--folder "/my things/\\$state"');
});

test('an EmailOtp is shown with its path in the app, as its id may not look like it', () => {
  const { Resources, Outputs } = anOtp('OneKundenMnze5060ba7b1f');
  const within = (part: string) => ({
    ...Resources[part],
    Metadata: { 'aws:cdk:path': `Shop/One/Kunden.Münze/${part}/Resource` },
  });
  const cores = { Table: within('Table'), Machine: within('Machine'), Keyring: within('Keyring') };

  expect(
    announced({ Shop: { Resources: { ...Resources, ...cores }, Outputs } }, { kind: 'nobody' }),
  ).toContain('EmailOtp OneKundenMnze5060ba7b1f   (Shop/One/Kunden.Münze)');
});

test('a pool that nobody has made yet is said, with how it comes and who attaches it then', () => {
  const otp = anOtp();
  const elsewhere = (AttachedBy: string) => ({
    ...otp,
    Outputs: {
      ...otp.Outputs,
      EmailOtpUserPoolId: { Value: 'us-east-1_Live' },
      EmailOtpAttachedBy: { Value: AttachedBy },
    },
  });
  const notes = (AttachedBy: string, ...absent: readonly string[]) =>
    announced({ Shop: elsewhere(AttachedBy) }, { kind: 'nobody' }, '/app/.local', absent);

  expect(notes('deployment', 'us-east-1_Live')).toMatch(
    /note {11}No template has the user pool us-east-1_Live.*tag local:id=us-east-1_Live; it is attached then/,
  );
  expect(notes('command', 'us-east-1_Live')).toMatch(
    /local:id=us-east-1_Live; then attach it: npm run attach/,
  );
  expect(notes('deployment')).not.toContain('No template has');
});
