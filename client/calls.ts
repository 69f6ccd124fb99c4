/** How the code step talks to Cognito. An adapter for Amplify and one for the AWS SDK are beside this file. */
import type { ClientMetadataTexts } from '../shared/messages/client-metadata.ts';

/** Cognito's challenge parameters: texts by their names (`docs/client.md`). */
export type ChallengeParameters = Readonly<Record<string, string>>;

/** What Cognito asks for next. */
export type CodeReply =
  | { readonly kind: 'code'; readonly parameters: ChallengeParameters }
  /** The sign-in is done. `tokens` is Cognito's `AuthenticationResult`, where the app has to keep it itself. */
  | { readonly kind: 'signedIn'; readonly tokens?: unknown }
  | { readonly kind: 'newPassword' }
  /** Something that this library does not know, by its name. */
  | { readonly kind: 'other'; readonly name: string };

export interface CodeCalls {
  /** Answers the challenge, in the session of the sign-in. Rejects with Cognito's error, or the network's. */
  respond(answer: string, clientMetadata: ClientMetadataTexts): Promise<CodeReply>;
  /**
   * How long the sign-in can go on after the page was loaded again, in milliseconds from Cognito's last answer.
   * @default as long as the challenge
   */
  readonly keptMs?: number;
  /** Cognito's session, if it has to be saved with the step. It proves the password, so it is worth as much. */
  session?(): string | undefined;
}
