/**
 * What a client sends to the triggers with its answer: Cognito's `ClientMetadata`. The sign-in page and the sign-in command
 * write it; define-auth-challenge, create-auth-challenge and verify-auth-challenge read it. It also runs in browsers, so it must
 * not need Node.
 */

/**
 * What the client wants. `resend`: another mail. `status`: how the mail stands, which orders, replaces and counts nothing. With
 * both, the answer is ignored.
 */
export type ClientCall = 'answer' | 'resend' | 'status';

/** The answer that a client sends with a call of another kind, because Cognito needs one. The service does not read it. */
export const ANSWER_OF = { resend: 'resend', status: 'status' } as const satisfies Readonly<
  Record<Exclude<ClientCall, 'answer'>, string>
>;

export interface ClientMetadata {
  readonly call: ClientCall;
  readonly ipAddress?: string;
  readonly userAgent?: string;
  /** The language of the page, a tag of BCP 47, in which mails come whose reader has set none. */
  readonly locale?: string;
}

/** The message as it is sent. Cognito accepts only texts. */
export type ClientMetadataTexts = {
  readonly action?: Exclude<ClientCall, 'answer'>;
  readonly ipAddress?: string;
  readonly userAgent?: string;
  readonly locale?: string;
};

export const writeClientMetadata = ({ call, ...claims }: ClientMetadata): ClientMetadataTexts => ({
  ...(call !== 'answer' && { action: call }),
  ...claims,
});

/** What a call is, for all triggers. An unknown action is an answer. */
const callOf = ({ action }: { readonly action?: unknown }): ClientCall =>
  action === 'resend' || action === 'status' ? action : 'answer';

/** The longest tag of BCP 47 that programs need to read (RFC 5646 section 4.4.1). */
const MAX_LOCALE = 35;

/**
 * Anybody can write these values, so those that are not texts are ignored, and so is a longer language; an unknown action is read
 * as an answer.
 */
export const readClientMetadata = (metadata: unknown): ClientMetadata => {
  const { action, ipAddress, userAgent, locale } = (
    typeof metadata === 'object' && metadata !== null ? metadata : {}
  ) as Readonly<Partial<Record<keyof ClientMetadataTexts, unknown>>>;
  return {
    call: callOf({ action }),
    ...(typeof ipAddress === 'string' && { ipAddress }),
    ...(typeof userAgent === 'string' && { userAgent }),
    ...(typeof locale === 'string' && locale.length <= MAX_LOCALE && { locale }),
  };
};
