/** Reads which user pool the page signs in to. */
import { requestJson } from '../kit/http.ts';

export interface PoolConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** The URL of the pool, if it is not at AWS but in the local system. */
  readonly endpoint?: string;
  /** A user to try the sign-in with, which only the local system has. */
  readonly demoUser?: { readonly username: string; readonly password: string };
}

/** The path is relative to the page, so the file has to be served from the page's folder. */
export const CONFIG_PATH = 'config.json';

export const readPoolConfig = (): Promise<PoolConfig> => requestJson<PoolConfig>(CONFIG_PATH);
