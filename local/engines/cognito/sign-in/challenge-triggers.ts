/**
 * The three triggers of custom authentication: their events, and which responses are allowed.
 * (Amazon Cognito developer guide, "Custom authentication challenge Lambda triggers".)
 */

import { isObject } from '../../../ground/service.ts';
import { invalidLambdaResponse } from '../errors.ts';
import type { TextMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import { triggerAttributes } from '../users/attributes.ts';
import type { Subject } from '../users/subjects.ts';
import type { CallTrigger } from './triggers.ts';

/** One entry of `session`. Only custom challenges have metadata; the others show null, as on AWS. */
export interface ChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata: string | null;
}

/** @default custom: the define trigger decides after each step */
export type Flow = 'custom' | 'password';

/** One call of the client: its user, what has happened so far, and the ClientMetadata that triggers may see. */
export interface ClientStep {
  readonly pool: UserPool;
  readonly client: Client;
  readonly subject: Subject;
  readonly history: readonly ChallengeResult[];
  /** `password`: USER_SRP_AUTH or USER_PASSWORD_AUTH, in which the password alone counts and no trigger decides. */
  readonly flow?: Flow | undefined;
  readonly clientMetadata: TextMap;
}

export type Decision =
  | { readonly kind: 'fail' }
  | { readonly kind: 'tokens' }
  | { readonly kind: 'challenge'; readonly name: string };

export interface CustomChallenge {
  readonly publicParameters: TextMap;
  readonly privateParameters: TextMap;
  readonly metadata: string | null;
}

export interface ChallengeTriggers {
  define(step: ClientStep): Promise<Decision>;
  create(step: ClientStep, challengeName: string): Promise<CustomChallenge>;
  verify(step: ClientStep, privateParameters: TextMap, answer: string): Promise<boolean>;
}

const optionalFlag = (value: unknown): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw invalidLambdaResponse();
  return value;
};

const optionalText = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalidLambdaResponse();
  return value;
};

const optionalTexts = (value: unknown): TextMap => {
  if (value === undefined || value === null) return {};
  if (!isObject(value) || Object.values(value).some((entry) => typeof entry !== 'string')) {
    throw invalidLambdaResponse();
  }
  return value as TextMap;
};

/** Returns the members of all three requests. `userNotFound` is present only if the client conceals users. */
const commonRequest = ({ client, subject, clientMetadata }: ClientStep) => ({
  userAttributes: subject.kind === 'user' ? triggerAttributes(subject.user) : {},
  ...(Object.keys(clientMetadata).length > 0 ? { clientMetadata } : {}),
  ...(client.concealsUsers ? { userNotFound: subject.kind === 'stranger' } : {}),
});

export const createChallengeTriggers = (callTrigger: CallTrigger): ChallengeTriggers => ({
  define: async (step) => {
    const { issueTokens, failAuthentication, challengeName } = await callTrigger({
      ...step,
      trigger: 'DefineAuthChallenge',
      triggerSource: 'DefineAuthChallenge_Authentication',
      userName: step.subject.username,
      request: { ...commonRequest(step), session: step.history },
      response: { challengeName: null, issueTokens: null, failAuthentication: null },
    });
    const [fails, issues, name] = [
      optionalFlag(failAuthentication),
      optionalFlag(issueTokens),
      optionalText(challengeName),
    ];
    if (fails) return { kind: 'fail' };
    if (issues) return { kind: 'tokens' };
    if (name === null) throw invalidLambdaResponse();
    return { kind: 'challenge', name };
  },

  create: async (step, challengeName) => {
    const response = await callTrigger({
      ...step,
      trigger: 'CreateAuthChallenge',
      triggerSource: 'CreateAuthChallenge_Authentication',
      userName: step.subject.username,
      request: { ...commonRequest(step), challengeName, session: step.history },
      response: {
        publicChallengeParameters: null,
        privateChallengeParameters: null,
        challengeMetadata: null,
      },
    });
    return {
      publicParameters: optionalTexts(response.publicChallengeParameters),
      privateParameters: optionalTexts(response.privateChallengeParameters),
      metadata: optionalText(response.challengeMetadata),
    };
  },

  verify: async (step, privateChallengeParameters, challengeAnswer) => {
    const { answerCorrect } = await callTrigger({
      ...step,
      trigger: 'VerifyAuthChallengeResponse',
      triggerSource: 'VerifyAuthChallengeResponse_Authentication',
      userName: step.subject.username,
      request: { ...commonRequest(step), privateChallengeParameters, challengeAnswer },
      response: { answerCorrect: null },
    });
    return optionalFlag(answerCorrect);
  },
});
