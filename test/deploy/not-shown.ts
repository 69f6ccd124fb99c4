/** What the emulator cannot show, and where local engines or unit tests cover it. Each run checks anew that it cannot. */
import { RespondToAuthChallengeCommand } from '@aws-sdk/client-cognito-identity-provider';
import { provePassword } from '../../commands/sign-in/sign-in-flow.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import { metricNames } from '../support/ministack/api.ts';
import type { Ministack } from '../support/ministack/ministack.ts';
import type { Deployment } from '../support/ministack/stack.ts';
import { codeFor, cognitoOf, createUser } from '../support/ministack/users.ts';
import { wrongCode } from '../support/system/local-system.ts';

export interface Run {
  readonly ministack: Ministack;
  readonly deployment: Deployment;
  /** A challenge whose mail went out, and for which no report was sent by hand. */
  readonly challenge: Challenge;
}

export interface NotShown {
  readonly what: string;
  readonly evidence: string;
  /** Files of this project. */
  readonly coveredBy: readonly string[];
}

interface Probe {
  readonly what: string;
  readonly coveredBy: readonly string[];
  /** Returns why it cannot be shown, or undefined if it can. */
  evidence(run: Run): Promise<string | undefined> | string | undefined;
}

const PROBES: readonly Probe[] = [
  {
    what: 'SES reports what becomes of a mail, by itself',
    coveredBy: ['test/e2e/delivery/feedback.test.ts', 'test/e2e/delivery/dead-letters.test.ts'],
    evidence: ({ challenge }) =>
      challenge.events['1#ACCEPTED']
        ? undefined
        : 'the mail was sent, and no event of SES came for its configuration set',
  },
  {
    what: 'Another try after a wrong code, and a resend',
    coveredBy: ['test/e2e/sign-in/sign-in.test.ts', 'test/e2e/sign-in/resend.test.ts'],
    evidence: async (run) => {
      try {
        await answerWrongly(run);
        return undefined;
      } catch (error) {
        return `Cognito ends the sign-in: ${(error as Error).message} (it counts SRP's two rounds as tries)`;
      }
    },
  },
  {
    what: 'Each role may do what it must and nothing else',
    coveredBy: ['test/infra/iam.test.ts', 'test/infra/nag.test.ts'],
    evidence: ({ ministack }) =>
      ministack.health.auth === 'enabled'
        ? undefined
        : 'no policy is evaluated; it could be, but ses:FromAddress is not known to it',
  },
  {
    what: 'Metrics out of the log lines',
    coveredBy: ['test/e2e/commands/audit.test.ts', 'test/unit/local/engines/metrics/emf.test.ts'],
    evidence: async ({ ministack }) =>
      (await metricNames(ministack, 'EmailOtp')).length > 0
        ? undefined
        : 'the functions have logged theirs, and CloudWatch has none in the namespace EmailOtp',
  },
  {
    what: 'Alarms with metric math, and the policy of the secret',
    coveredBy: ['test/e2e/delivery/dashboard.test.ts', 'test/unit/infra/data/code-key.test.ts'],
    evidence: ({ ministack }) => {
      const unread = new Set([...ministack.log().matchAll(/ACCEPTED_UNREAD (\S+)/g)].map(([, id]) => id));
      return unread.size === 0 ? undefined : `accepted unread: ${[...unread].join(', ')}`;
    },
  },
  {
    what: 'Mail that reaches a mailbox: TLS, suppression, the limit on delivery time',
    coveredBy: ['test/unit/infra/stack.test.ts', 'test/e2e/delivery/feedback.test.ts'],
    evidence: () => 'mail stays in the emulator',
  },
  {
    what: 'Quotas, cold starts, Cognito’s five seconds for a trigger',
    coveredBy: [
      'test/faults/real-speed/switches.test.ts',
      'test/e2e/sign-in/io-budget.test.ts',
      'test/bench/sign-ins.test.ts',
    ],
    evidence: () => 'times are those of this machine',
  },
];

const answerWrongly = async ({ ministack, deployment }: Run): Promise<void> => {
  const client = cognitoOf(ministack);
  const user = await createUser(client, deployment.outputs, 'wrong@example.com');
  const step = await provePassword(client, user);
  await client.send(
    new RespondToAuthChallengeCommand({
      ClientId: user.clientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: step.Session,
      ChallengeResponses: {
        USERNAME: step.ChallengeParameters?.USERNAME ?? user.username,
        ANSWER: wrongCode(await codeFor(ministack, user)),
      },
    }),
  );
};

export const findNotShown = async (run: Run): Promise<readonly NotShown[]> => {
  const found: NotShown[] = [];
  for (const { what, coveredBy, evidence } of PROBES) {
    const reason = await evidence(run);
    if (reason !== undefined) found.push({ what, evidence: reason, coveredBy });
  }
  return found;
};

export const toText = (all: readonly NotShown[]): string =>
  [
    'Not shown here:',
    ...all.map(
      ({ what, evidence, coveredBy }) =>
        `  - ${what}\n      here: ${evidence}\n      covered by ${coveredBy.join(', ')}`,
    ),
  ].join('\n');
