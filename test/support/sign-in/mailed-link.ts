/** A sign-in whose mail has arrived, and what the reader of the mail does with its link. */
import { expect } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { writePrivateParameters } from '../../../shared/messages/private-parameters.ts';
import { readReportLink } from '../../../shared/report/report-link.ts';
import { challengeFor } from '../system/local-api.ts';
import {
  createUser,
  mailsTo,
  type TestSystem,
  type TestUser,
  userIdOf,
  waitForCode,
} from '../system/local-system.ts';
import { invoke } from './invoke.ts';

export interface MailedUser {
  readonly user: TestUser;
  readonly step: Step;
  readonly code: string;
  readonly link: string;
}

/** The link in the user's newest mail. */
export const linkTo = (system: TestSystem, user: TestUser): string => {
  const [link] = /http:\S+\/lambda-url\/\S+/.exec(mailsTo(system, user).at(-1)?.text ?? '') ?? [];
  return link ?? expect.unreachable('The mail has no link');
};

export const aMailedUser = async (system: TestSystem): Promise<MailedUser> => {
  const user = await createUser(system);
  const step = await provePassword(system.client, user);
  const code = await waitForCode(system, user);
  return { user, step, code, link: linkTo(system, user) };
};

/** Gives verify-auth-challenge the right code as Cognito does, which has not asked for tokens yet. Returns its response. */
export const giveCodeAlone = async (
  system: TestSystem,
  { user, code, link }: MailedUser,
): Promise<unknown> => {
  const { challengeId } = readReportLink(new URL(link).search.slice(1)) ?? expect.unreachable(link);
  const round = { challengeId, round: 'round-0123456789', attempts: 0 };
  const { payload } = await invoke(system, 'VerifyAuthChallengeLambdaFunction', {
    version: '1',
    callerContext: { clientId: system.clientId },
    request: {
      userAttributes: { sub: await userIdOf(system, user), email: user.email },
      privateChallengeParameters: writePrivateParameters(round),
      challengeAnswer: code,
    },
    response: {},
  });
  return payload.response;
};

/** Sends the page's form, with its box ticked unless `body` is another. */
export const report = (
  link: string,
  body = 'notMe=yes',
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });

/** How the user's only challenge stands, with the names of its facts. */
export const endOf = async (
  system: TestSystem,
  user: TestUser,
): Promise<{ readonly outcome: string | undefined; readonly facts: readonly string[] }> => {
  const { outcome, events } = await challengeFor(system, user);
  return { outcome, facts: Object.keys(events) };
};
