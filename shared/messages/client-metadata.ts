/**
 * What a client sends to the triggers with its answer: Cognito's `ClientMetadata`. The sign-in page and the sign-in command
 * write it; create-auth-challenge and verify-auth-challenge read it. It also runs in browsers, so it must not need Node.
 */

/** What the client wants. `resend`: another mail; the answer is ignored. */
export type ClientCall = 'answer' | 'resend';

/** The answer that a client sends with a `resend`, because Cognito needs one in each round. The service does not read it. */
export const RESEND_ANSWER = 'resend';

export interface ClientMetadata {
  readonly call: ClientCall;
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/** The message as it is sent. Cognito accepts only texts. */
export type ClientMetadataTexts = {
  readonly action?: Exclude<ClientCall, 'answer'>;
  readonly ipAddress?: string;
  readonly userAgent?: string;
};

export const writeClientMetadata = ({ call, ...claims }: ClientMetadata): ClientMetadataTexts => ({
  ...(call !== 'answer' && { action: call }),
  ...claims,
});

/** Anybody can write these values, so those that are not texts are ignored, and an unknown action is read as an answer. */
export const readClientMetadata = (metadata: unknown): ClientMetadata => {
  const { action, ipAddress, userAgent } = (
    typeof metadata === 'object' && metadata !== null ? metadata : {}
  ) as Readonly<Partial<Record<keyof ClientMetadataTexts, unknown>>>;
  return {
    call: action === 'resend' ? 'resend' : 'answer',
    ...(typeof ipAddress === 'string' && { ipAddress }),
    ...(typeof userAgent === 'string' && { userAgent }),
  };
};
