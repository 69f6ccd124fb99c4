/** What the app of each client can do, in the words of JSON, because some of the apps run in Python or in a browser. */

/** The pool and the app client that an app signs in to. */
export interface Pool {
  /** The local system's endpoint. */
  readonly url: string;
  readonly poolId: string;
  readonly clientId: string;
  /** If the client has a secret. */
  readonly clientSecret?: string | undefined;
}

export interface TokenPair {
  readonly id: string;
  readonly access: string;
}

export type Reply =
  | { readonly kind: 'challenge'; readonly parameters: Readonly<Record<string, string>> }
  | ({ readonly kind: 'tokens' } & TokenPair)
  | { readonly kind: 'attributes'; readonly attributes: Readonly<Record<string, string>> }
  /** There is nothing to say but that it worked. */
  | { readonly kind: 'done' }
  /** `error` is Cognito's name for it, or the client's own. */
  | { readonly kind: 'refused'; readonly error: string; readonly message: string };

export interface ClientApp {
  signIn(username: string, password: string): Promise<Reply>;
  answer(code: string): Promise<Reply>;
  /** Orders another mail. */
  resend(): Promise<Reply>;
  refresh(): Promise<Reply>;
  /** Ends this sign-in, and no other one of the user. */
  signOut(): Promise<Reply>;
  readAttributes(): Promise<Reply>;
  setAttribute(name: string, value: string): Promise<Reply>;
  deleteAttribute(name: string): Promise<Reply>;
  changePassword(previous: string, next: string): Promise<Reply>;
  signOutEverywhere(): Promise<Reply>;
  deleteUser(): Promise<Reply>;
}

export const DONE: Reply = { kind: 'done' };

/** Returns a function that does the same and turns what is thrown into a reply. */
export const refusing =
  <Args extends readonly unknown[]>(act: (...args: Args) => Promise<Reply>) =>
  async (...args: Args): Promise<Reply> => {
    try {
      return await act(...args);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return { kind: 'refused', error: name, message };
    }
  };

/** Returns an app that runs elsewhere. `ask` calls one of its functions. */
export const remoteApp = (
  ask: (name: keyof ClientApp, ...args: readonly string[]) => Promise<Reply>,
): ClientApp => ({
  signIn: (username, password) => ask('signIn', username, password),
  answer: (code) => ask('answer', code),
  resend: () => ask('resend'),
  refresh: () => ask('refresh'),
  signOut: () => ask('signOut'),
  readAttributes: () => ask('readAttributes'),
  setAttribute: (name, value) => ask('setAttribute', name, value),
  deleteAttribute: (name) => ask('deleteAttribute', name),
  changePassword: (previous, next) => ask('changePassword', previous, next),
  signOutEverywhere: () => ask('signOutEverywhere'),
  deleteUser: () => ask('deleteUser'),
});
