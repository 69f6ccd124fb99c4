/** Cognito trigger: decides which challenge comes next, from the session alone. It makes no calls. */
import type { DefineAuthChallengeTriggerEvent } from 'aws-lambda';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { readClientMetadata } from '../../shared/messages/client-metadata.ts';
import { readSession, readUser, writeNextStep } from '../../shared/messages/cognito-session.ts';
import { envSchema } from './config.ts';
import { decideNextStep } from './decide-next-step.ts';

const config = readConfig(envSchema, process.env);

export const handler = withBoundary(
  'define-auth-challenge',
  async (event: DefineAuthChallengeTriggerEvent) => {
    const session = readSession(event.request.session);
    const user = readUser(event.request);
    const userStatus = event.request.userAttributes?.['cognito:user_status'];

    const { call } = readClientMetadata(event.request.clientMetadata);
    const step = decideNextStep({ session, userStatus, userExists: user !== undefined, call }, config);

    const outcome = step.kind === 'challenge' ? step.challengeName : step.kind;
    return {
      result: writeNextStep(event, step),
      report: { outcome, challengeId: session.at(-1)?.challengeId, round: session.length },
    };
  },
);
