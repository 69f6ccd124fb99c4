/**
 * What a client says to the triggers beside its answer: Cognito's `ClientMetadata`. Written by the sign-in page and the
 * sign-in command, read by create-auth-challenge and verify-auth-challenge, so nothing here may need Node.
 */

/** What the client wants with its call; `resend`: another mail, whatever its answer says. */
export type ClientCall = 'answer' | 'resend';

/** What is answered with a `resend`: Cognito wants an answer in each round; the service does not read this one. */
export const RESEND_ANSWER = 'resend';

export interface ClientMetadata {
  readonly call: ClientCall;
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/** As it crosses the wall. Cognito takes texts only. */
export type ClientMetadataTexts = {
  readonly action?: Exclude<ClientCall, 'answer'>;
  readonly ipAddress?: string;
  readonly userAgent?: string;
};

export const writeClientMetadata = ({ call, ...claims }: ClientMetadata): ClientMetadataTexts => ({
  ...(call !== 'answer' && { action: call }),
  ...claims,
});

/** Anybody may have written it: what is no text is left out, and what asks for nothing that is known is an answer. */
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
