/** Cognito's part in the code step as a script: what it says to each call in turn. */
import { expect } from 'vitest';
import type { ChallengeParameters, CodeCalls, CodeReply } from '../../../client/calls.ts';
import type { ClientMetadataTexts } from '../../../shared/messages/client-metadata.ts';
import { type CodeChallenge, writePublicParameters } from '../../../shared/messages/public-parameters.ts';

export interface ScriptedCalls extends CodeCalls {
  /** The answers that were sent, each with the client metadata. */
  readonly sent: readonly (readonly [answer: string, metadata: ClientMetadataTexts])[];
}

/** What Cognito says of this challenge. */
export const parametersOf = (challenge: CodeChallenge): ChallengeParameters =>
  writePublicParameters(challenge);

/** Cognito asks for the code of this challenge. */
export const asks = (challenge: CodeChallenge): CodeReply => ({
  kind: 'code',
  parameters: parametersOf(challenge),
});

/** An `Error` is thrown. */
export const scriptedCalls = (...script: readonly (CodeReply | Error)[]): ScriptedCalls => {
  const replies = script.values();
  const sent: [string, ClientMetadataTexts][] = [];
  return {
    sent,
    respond: async (answer, metadata) => {
      sent.push([answer, metadata]);
      const reply = replies.next().value ?? expect.unreachable('no more replies');
      if (reply instanceof Error) throw reply;
      return reply;
    },
  };
};
