/**
 * Cognito from the proven password on. It is made of parts of the local user pool, but without the arithmetic of SRP, which
 * takes most of the time of a sign-in. A round can let the responses of triggers be lost.
 */
import { join } from 'node:path';
import type { Step } from '../../../../commands/sign-in/sign-in-flow.ts';
import { createRespondToAuthChallenge } from '../../../../local/engines/cognito/operations/respond-to-auth-challenge.ts';
import { poolsOf, readPool } from '../../../../local/engines/cognito/pool.ts';
import { createChallengeAnswers } from '../../../../local/engines/cognito/sign-in/challenge-answers.ts';
import { createChallengeTriggers } from '../../../../local/engines/cognito/sign-in/challenge-triggers.ts';
import {
  createCustomAuth,
  type PendingSignIn,
  passed,
} from '../../../../local/engines/cognito/sign-in/custom-auth.ts';
import { createLockout } from '../../../../local/engines/cognito/sign-in/lockout.ts';
import { createPoolTriggers } from '../../../../local/engines/cognito/sign-in/pool-triggers.ts';
import { createSessions } from '../../../../local/engines/cognito/sign-in/sessions.ts';
import { createTriggerCaller, type TriggerName } from '../../../../local/engines/cognito/sign-in/triggers.ts';
import { createClientSecrets } from '../../../../local/engines/cognito/tokens/client-secrets.ts';
import { createKeys } from '../../../../local/engines/cognito/tokens/keys.ts';
import { createRevocations } from '../../../../local/engines/cognito/tokens/revocations.ts';
import { createTokens } from '../../../../local/engines/cognito/tokens/tokens.ts';
import { createDirectory } from '../../../../local/engines/cognito/users/directory.ts';
import type { Subject } from '../../../../local/engines/cognito/users/subjects.ts';
import { createUsers, type StoredUser } from '../../../../local/engines/cognito/users/users.ts';
import type { Invoke, JsonObject } from '../../../../local/ground/service.ts';
import { openState } from '../../../../local/ground/state.ts';
import { loadTemplate, REGION } from '../../../../local/ground/template.ts';
import { STACK_NAME } from '../../../../local/system.ts';
import type { TestSystem } from '../../../support/system/local-system.ts';

/** A person who signs in. The email address is the only attribute besides the sub. */
export interface Person {
  readonly userId: string;
  readonly email: string;
}

/**
 * Which responses of a trigger are lost: for each, the milliseconds of the local clock until Cognito calls again. The call
 * whose response is lost still runs; at 0, the two run side by side.
 */
export type Losses = (trigger: TriggerName) => readonly number[];

export interface Cognito {
  /** Cognito's response to a proven password. Throws `AwsError`, as `answer` does. */
  prove(person: Person): Promise<Step>;
  /** The triggers get the address that the person has by now. */
  answer(person: Person, step: Step, answer: string, clientMetadata?: JsonObject): Promise<Step>;
}

export interface CognitoParts {
  /** Creates a Cognito for one round. It calls the functions by `invoke` and loses responses by `losses`. */
  create(invoke: Invoke, losses: Losses): Cognito;
  /** Resolves when the calls whose responses were lost have ended. */
  settled(): Promise<void>;
  close(): void;
}

const SOURCES: readonly [string, TriggerName][] = [
  ['Define', 'DefineAuthChallenge'],
  ['Create', 'CreateAuthChallenge'],
  ['Verify', 'VerifyAuthChallengeResponse'],
  ['Token', 'PreTokenGeneration'],
];

const triggerOf = (event: unknown): TriggerName => {
  const source = String((event as JsonObject).triggerSource);
  const known = SOURCES.find(([prefix]) => source.startsWith(prefix));
  if (known === undefined) throw new Error(`${source} is no trigger that is called here`);
  return known[1];
};

export const createCognitoParts = (
  { folder, url, clock }: TestSystem,
  templateFolder: string,
  wait: (ms: number) => Promise<unknown>,
): CognitoParts => {
  const [definition] = poolsOf(loadTemplate(templateFolder, STACK_NAME, url));
  if (definition === undefined) throw new Error('The template has no user pool');
  const pool = readPool(definition);
  const [client] = pool.clients.values();
  if (client === undefined) throw new Error('The user pool has no client');
  const state = openState(join(folder, 'rounds'));
  const now = () => clock.now();
  const keys = createKeys(state);
  const sessions = createSessions<PendingSignIn>(state, keys, now);
  const revocations = createRevocations(state, now);
  const unheard = new Set<Promise<unknown>>();

  /** `onUnheard` gets each call whose response is lost. */
  const losing =
    (
      invoke: Invoke,
      losses: Losses,
      onUnheard: (trigger: TriggerName, call: Promise<unknown>) => void,
    ): Invoke =>
    async (arn, event) => {
      const trigger = triggerOf(event);
      for (const pause of losses(trigger)) {
        const call: Promise<unknown> = invoke(arn, event).finally(() => unheard.delete(call));
        unheard.add(call);
        onUnheard(trigger, call);
        await wait(pause);
      }
      return invoke(arn, event);
    };

  const subjectOf = ({ userId, email }: Person): Subject => {
    const user: StoredUser = {
      poolId: pool.id,
      username: userId,
      attributes: { sub: userId, email },
      enabled: true,
      status: 'CONFIRMED',
      credential: { salt: '', verifier: '' },
      temporaryPasswordExpiresAt: 0,
      createdAt: 0,
      modifiedAt: 0,
    };
    return { kind: 'user', username: userId, credential: user.credential, user };
  };

  return {
    create: (invoke, losses) => {
      const unheardCreates: Promise<unknown>[] = [];
      const onUnheard = (trigger: TriggerName, call: Promise<unknown>) => {
        if (trigger === 'CreateAuthChallenge') unheardCreates.push(call);
      };
      const people = new Map<string, Subject>();
      const known = {
        find: (_: unknown, name: string) => {
          const person = people.get(name);
          return person?.kind === 'user' ? person.user : undefined;
        },
      };
      const callTrigger = createTriggerCaller(losing(invoke, losses, onUnheard), clock, REGION);
      const triggers = createChallengeTriggers(callTrigger);
      const groups = { ofUser: () => [] };
      const issuerOf = (poolId: string) => `${url}/${poolId}`;
      const tokens = createTokens({
        state,
        keys,
        groups,
        users: known,
        revocations,
        clock,
        callTrigger,
        issuerOf,
      });
      const customAuth = createCustomAuth(triggers, sessions, tokens, createPoolTriggers(callTrigger));
      const [users, lockout] = [createUsers(state, now), createLockout(state, now)];
      const answers = createChallengeAnswers({ users, triggers, customAuth, lockout, now });
      const respond = createRespondToAuthChallenge({
        directory: createDirectory(() => [pool]),
        findSubject: (_pool, _client, name) => people.get(name) ?? subjectOf({ userId: name, email: '' }),
        sessions,
        answers,
        secrets: createClientSecrets(keys),
      });
      return {
        prove: async (person) => {
          const subject = subjectOf(person);
          people.set(person.userId, subject);
          const history = [passed('SRP_A'), passed('PASSWORD_VERIFIER')];
          return customAuth.proceed({ pool, client, subject, history, clientMetadata: {} });
        },
        answer: async (person, { Session }, answer, clientMetadata = {}) => {
          // A person reads a mail for longer than a trigger may run. A call of create that still ran after the right answer
          // would find no live challenge, and order one for a sign-in that is over.
          await Promise.allSettled(unheardCreates);
          people.set(person.userId, subjectOf(person));
          return respond({
            ClientId: client.id,
            ChallengeName: 'CUSTOM_CHALLENGE',
            Session,
            ChallengeResponses: { USERNAME: person.userId, ANSWER: answer },
            ClientMetadata: clientMetadata,
          });
        },
      };
    },
    settled: async () => {
      while (unheard.size > 0) await Promise.allSettled(unheard);
    },
    close: () => state.close(),
  };
};
