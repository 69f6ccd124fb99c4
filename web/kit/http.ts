/** Requests to the local system, and what to say when one fails. */

/** A request failed in a way that the person at the page can read about. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** The exception's name where the service gave one. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const UNREACHABLE = 'The local system does not answer. Is "npm start" still running?';

const readBody = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    throw new RequestError('Unreadable', `The answer could not be read (HTTP ${response.status}).`);
  }
};

/** The parsed answer. Throws RequestError with the service's own message, or with what to do if nothing answers. */
export const requestJson = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(path, { cache: 'no-store', ...init }).catch(() => {
    throw new RequestError('Unreachable', UNREACHABLE);
  });
  const body = await readBody(response);
  if (response.ok) return body as Answer;
  const { __type = '', message } = body as { readonly __type?: string; readonly message?: string };
  throw new RequestError(__type, message ?? `The request was refused (HTTP ${response.status}).`);
};

/** A sentence for any error. */
export const wordsFor = (error: unknown): string =>
  error instanceof RequestError ? error.message : 'This page has failed. Please load it again.';
