/** What an app says of a user pool that its stack does not make. */
import type { Duration } from 'aws-cdk-lib';

/** A client of a user pool whose users get tokens without a code for some time yet. */
export interface ReportingClient {
  /** The client's users need a code from this day or time on, such as `2027-03-01` (midnight in UTC) or `2027-03-01T08:00:00Z`. */
  readonly until: string;
  /** The reason is for whoever reads the app. */
  readonly reason: string;
}

/** How a user pool that the stack does not make gets its triggers, and what that may touch. */
export interface ExistingPool {
  /**
   * With `deployment`, a custom resource of the stack checks the pool and sets its triggers; when the stack is deleted, it puts
   * back what was there. With `command`, the deployment leaves the pool as it is, and the command `attach` does it later. A deployment
   * that changes from `deployment` to `command` puts back what was there, so users need no code until `attach` has run. Before a change
   * from `command` to `deployment`, run `detach`: only the command knows what was there.
   * @default 'deployment'
   */
  readonly attachBy?: 'deployment' | 'command';
  /**
   * This role sends the pool's text messages. Cognito wants it to be passed again in every update of such a pool, so the pool
   * has to name exactly this role.
   * @default - attaching fails if the pool has such a role
   */
  readonly smsRoleArn?: string;
  /**
   * This KMS key encrypts what the pool's own custom senders get. Cognito wants a grant on it in every update of such a pool.
   * @default - attaching fails if the pool has such a key
   */
  readonly customSenderKeyArn?: string;
  /**
   * The functions in these places of the pool's `LambdaConfig` are replaced. They come back when the stack is deleted. Where these
   * were another custom authentication, nobody knows for what it gave tokens: all clients refuse their refresh tokens from before at
   * once, which ends the sessions, unless `refreshUntil` or the client's date in `reportingClients` says otherwise.
   * @default - none: attaching fails if a place is taken, and names the function there
   */
  readonly replaceTriggers?: readonly (
    | 'DefineAuthChallenge'
    | 'CreateAuthChallenge'
    | 'VerifyAuthChallengeResponse'
    | 'PreTokenGeneration'
  )[];
  /**
   * Until this day or time, such as `2027-03-01` (midnight in UTC), at most 366 days away, users may refresh sessions from before the
   * pool was attached, at clients that are not in `reportingClients` and gave tokens without a code, or may have: those that were
   * changed since they were made. Such sessions never have the claim. It counts when a client is found so.
   * @default - until the pool is attached; then the users of these clients sign in again
   */
  readonly refreshUntil?: string;
  /**
   * These settings of the pool are accepted although users get round the code by them, or cannot sign in with it:
   * `devices`, `mfa`, `passkey-mfa`, `first-factors` and `recovery`, which is `allowEmailRecovery`. A client that lets users in without
   * a code is not accepted; see `reportingClients`. `deletion-protection` and `<client id>:session` stop nothing, but `watchPool` finds
   * a pool that anybody may delete, and a client that waits less long than a code is valid.
   * @default - none: attaching fails, and names the setting and what mends it
   */
  readonly accept?: readonly (
    | 'devices'
    | 'mfa'
    | 'passkey-mfa'
    | 'first-factors'
    | 'recovery'
    | 'deletion-protection'
    | `${string}:session`
  )[];
  /**
   * Cognito waits at least this long for a code, from 3 to 15 minutes: the shortest `AuthSessionValidity` of the pool's clients
   * in which users sign in with a code. Users are told that a code ends no later.
   * @default - the shortest of the pool's clients in the app; without any, Cognito's 3 minutes
   */
  readonly sessionValidity?: Duration;
}
