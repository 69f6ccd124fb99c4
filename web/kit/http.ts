/** Sends requests to the local system, and says in words why one failed. */

/** A failed request, with a message for the person at the page. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** The name of the exception, if the service gave one. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const UNREACHABLE = 'The local system does not answer. Does it still run?';

const readBody = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    throw new RequestError('Unreadable', `The answer could not be read (HTTP ${response.status}).`);
  }
};

/** Returns the parsed response. Throws RequestError with the service's message, or with advice if there is no response. */
export const requestJson = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(path, { cache: 'no-store', ...init }).catch(() => {
    throw new RequestError('Unreachable', UNREACHABLE);
  });
  const body = await readBody(response);
  if (response.ok) return body as Answer;
  const { __type = '', message } = body as { readonly __type?: string; readonly message?: string };
  throw new RequestError(__type, message ?? `The request was refused (HTTP ${response.status}).`);
};

/** Returns a sentence for any error. */
export const wordsFor = (error: unknown): string =>
  error instanceof RequestError ? error.message : 'This page has failed. Please load it again.';
