/** Reads which user pool the page signs in to, and whose page it is. */
import { requestJson } from '../kit/http.ts';

/** How the page shows the company: the same as its mails do. */
export interface PageBrand {
  readonly name: string;
  /** An image's `https` address, shown in place of the name. */
  readonly logoUrl?: string;
  /** In CSS pixels. */
  readonly logoWidth?: number;
  /** `#rrggbb`, for the button and links. Where it cannot be read, a shade of it is taken. */
  readonly accentColor?: string;
  readonly supportUrl?: string;
  readonly footer?: string;
}

export interface PoolConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly brand?: PageBrand;
  /**
   * Where the page may send people who have signed in, if its address asks for it with `?returnTo=`: addresses such as
   * `https://app.example.com/` and paths of the page's own server such as `/app/`, with all that is below them.
   * @default - nowhere; the page says that they are signed in
   */
  readonly returnTo?: readonly string[];
  /** The URL of the pool, if it is not at AWS but in the local system. */
  readonly endpoint?: string;
  /** A user to try the sign-in with, which only the local system has. */
  readonly demoUser?: { readonly username: string; readonly password: string };
}

/** The path is relative to the page, so the file has to be served from the page's folder. */
export const CONFIG_PATH = 'config.json';

/** A local system that runs several pools has the page for each: `?otp=<id>`. A file has one content, whatever it is asked. */
const configPath = (search: string): string => {
  const otp = new URLSearchParams(search).get('otp');
  return otp === null ? CONFIG_PATH : `${CONFIG_PATH}?${new URLSearchParams({ otp })}`;
};

/** Milliseconds. Nobody can sign in before. */
const PATIENCE_MS = 10_000;

/** `search` is the query of the page's own address. */
export const readPoolConfig = (search: string): Promise<PoolConfig> =>
  requestJson<PoolConfig>(configPath(search), { signal: AbortSignal.timeout(PATIENCE_MS) });
