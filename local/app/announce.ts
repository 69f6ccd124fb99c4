/** What the terminal shows of a local system that has started, and what its folder says of it to the commands. */
import { join } from 'node:path';
import { callOf } from '../../shared/command/place.ts';
import {
  DEFAULT_FOLDER,
  type FoundOutputs,
  type LocalOutputs,
  type LocalPool,
} from '../../shared/messages/stack/outputs.ts';
import { INBOX_PATH } from '../engines/ses/routes.ts';
import { faultsOn } from '../faults/faults.ts';
import type { System } from '../system.ts';
import type { LocalOtp } from './app.ts';
import { describeLeftAlone } from './rest/describe-left-alone.ts';
import type { OfferedUsers } from './users/offered-users.ts';

const poolOf = (url: string, { id, path, outputs, clients }: LocalOtp): LocalPool => ({
  otp: id,
  ...(path !== undefined && { path }),
  userPoolId: outputs.UserPoolId ?? '',
  userPoolEndpoint: url,
  clients: clients.map(({ clientId, name }) => ({ name, userPoolClientId: clientId })),
});

/** The outputs of the only `EmailOtp` have no prefix here, whatever they have in their stack. */
const outputsOfAll = (otps: readonly LocalOtp[]): FoundOutputs => {
  const isAlone = otps.length === 1;
  return Object.fromEntries(
    otps.flatMap(({ prefix, outputs }) =>
      Object.entries(outputs).map(([name, value]) => [isAlone ? name : `${prefix}${name}`, value]),
    ),
  );
};

export const describeOutputs = ({ url, otps, region }: System): LocalOutputs => ({
  ...outputsOfAll(otps),
  endpoint: url,
  region,
  inbox: `${url}${INBOX_PATH}`,
  pools: otps.map((otp) => poolOf(url, otp)),
});

const describeFaults = ({ faults }: System): string => {
  const on = Object.entries(faultsOn(faults.current())).map(([name, value]) => `${name}=${value}`);
  return on.length === 0 ? 'none' : on.join(', ');
};

/** The values that Amplify takes for `userPoolId`, `userPoolClientId` and `userPoolEndpoint`. */
const poolLines = ({ otp, path, userPoolId, userPoolEndpoint, clients }: LocalPool): readonly string[] => [
  `  EmailOtp ${otp}${path === undefined ? '' : `   (${path})`}`,
  `    userPoolId         ${userPoolId}`,
  ...clients.map(({ name, userPoolClientId }) => `    userPoolClientId   ${userPoolClientId}   (${name})`),
  `    userPoolEndpoint   ${userPoolEndpoint}`,
];

/** The console's first page is about the first pool, unless its address says about which. */
const pageLines = ({ otp, userPoolEndpoint }: LocalPool, count: number): readonly string[] =>
  count > 1 ? [`    sign-in page       ${userPoolEndpoint}/?${new URLSearchParams({ otp })}`] : [];

export interface Announcement {
  readonly system: System;
  readonly folder: string;
  /** The folder in which the default one is. */
  readonly base: string;
  readonly isOwn: boolean;
  readonly users: OfferedUsers;
  /** The file with all that is left alone; undefined if that is nothing. */
  readonly leftAloneFile: string | undefined;
  /** The ids of pools that no template has and that are not in the local system. */
  readonly absentPools: readonly string[];
  /** How to take over what has changed. */
  readonly howToReload: string;
}

/** For the shells of Windows and of the others. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./\\-]+$/.test(text) ? text : `"${text.replaceAll(/["$`]/g, '\\$&')}"`;

/** The sign-in asks for a password that is not given; one of a file is not shown. */
const signInLine = (
  { folder, base, system }: Announcement,
  otp: string,
  who: readonly (readonly [option: string, value: string])[],
): string => {
  const options = [
    ...who,
    ...(system.otps.length > 1 ? [['--otp', otp] as const] : []),
    ...(folder === join(base, DEFAULT_FOLDER) ? [] : [['--folder', folder] as const]),
  ];
  const text = options.map(([option, value]) => `${option} ${quoted(value)}`).join(' ');
  return `  sign in        ${callOf('sign-in', text)}`;
};

const userLines = (announcement: Announcement): readonly string[] => {
  const { users } = announcement;
  switch (users.kind) {
    case 'nobody':
      return [];
    case 'demo': {
      const { username, password } = users.user;
      const who = [['--username', username] as const, ['--password', password] as const];
      return [`  demo user      ${username}, password ${password}`, signInLine(announcement, users.otp, who)];
    }
    case 'file':
      return [
        `  users          ${users.created} created, ${users.kept} kept`,
        signInLine(announcement, users.otp, [['--username', users.username]]),
      ];
  }
};

const leftAloneLines = ({ system: { leftAlone }, leftAloneFile }: Announcement): readonly string[] =>
  leftAloneFile === undefined
    ? []
    : [`  left alone     ${describeLeftAlone(leftAlone)} (all of it: ${leftAloneFile})`];

/** Nobody can sign in to a pool elsewhere before it is here, too. */
const absentNotes = ({ system: { otps }, absentPools }: Announcement): readonly string[] =>
  otps.flatMap(({ outputs: { UserPoolId = '', AttachedBy } }) => {
    if (!absentPools.includes(UserPoolId)) return [];
    const then = AttachedBy === 'command' ? `then attach it: ${callOf('attach')}` : 'it is attached then';
    return [
      `No template has the user pool ${UserPoolId}, and it is not here yet. ` +
        `Create it here with the tag local:id=${UserPoolId}; ${then}`,
    ];
  });

export const announcementText = (announcement: Announcement): string => {
  const { system, folder, isOwn, howToReload } = announcement;
  const { endpoint, UserPoolId, UserPoolClientId, region, inbox, pools = [] } = describeOutputs(system);
  const pool = isOwn
    ? [`  user pool      ${UserPoolId}, client ${UserPoolClientId}, region ${region}`]
    : [`  region         ${region}`];
  return [
    '',
    `  console        ${endpoint}/`,
    `  AWS endpoint   ${endpoint}   Cognito, DynamoDB, Lambda, SES, SQS, Step Functions, Secrets Manager, SSM`,
    ...pool,
    `  mail           ${inbox}`,
    `  state, logs    ${folder}`,
    ...userLines(announcement),
    `  faults on      ${describeFaults(system)}`,
    `  changed code   ${howToReload}${isOwn ? `; changed pages need Ctrl-C and ${callOf('start')} again` : ''}`,
    ...(isOwn ? [] : pools.flatMap((one) => [...poolLines(one), ...pageLines(one, pools.length)])),
    ...leftAloneLines(announcement),
    ...[...system.notes, ...absentNotes(announcement)].map((note) => `  note           ${note}`),
    '',
    'ready (Ctrl-C ends it; what is stored stays)',
  ].join('\n');
};
