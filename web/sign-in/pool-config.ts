/** Which user pool the page signs in to. */
import { requestJson } from '../kit/http.ts';

export interface PoolConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Only where the pool is not AWS's own, as on the local system. */
  readonly endpoint?: string;
  /** Only on the local system: a user to try it with. */
  readonly demoUser?: { readonly username: string; readonly password: string };
}

/** Relative to the page: whoever serves it elsewhere puts this file beside it. */
export const CONFIG_PATH = 'config.json';

export const readPoolConfig = (): Promise<PoolConfig> => requestJson<PoolConfig>(CONFIG_PATH);
