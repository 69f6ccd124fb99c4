/** What attach, check and detach ask of a user pool. */
import type { Json } from './json.ts';

/**
 * What the API says of a thing, as it was sent, without nulls and without a client's secret, and what of it the SDK here does
 * not know (dotted paths): an update would lose that.
 */
export interface Described {
  readonly properties: Json;
  readonly unknown: readonly string[];
}

/** One user pool. Every call throws the errors of the SDK. */
export interface PoolApi {
  /** `UserPool` of DescribeUserPool. */
  describePool(): Promise<Described>;
  /** The answer of GetUserPoolMfaConfig. */
  describeMfa(): Promise<Json>;
  /** All pages of ListUserPoolClients. */
  clientIds(): Promise<readonly string[]>;
  /** `UserPoolClient` of DescribeUserPoolClient. */
  describeClient(clientId: string): Promise<Described>;
  /** UpdateUserPool. It resets what `input` leaves out. `UserPoolId` is added. */
  updatePool(input: Json): Promise<void>;
  /** UpdateUserPoolClient. It resets what `input` leaves out. `UserPoolId` and `ClientId` are added. */
  updateClient(clientId: string, input: Json): Promise<void>;
}
