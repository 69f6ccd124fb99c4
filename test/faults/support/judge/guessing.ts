/**
 * Verify alone, with a DynamoDB engine of its own: 200 answers at once are 400 calls, which leave no time for the rest of the
 * local system. The bundle, its environment, the table and the calls over HTTP are the same as in the other cases.
 */
import { createSecretKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../../../../local/engines/dynamodb/tables.ts';
import { functionsOf } from '../../../../local/engines/lambda/local-function.ts';
import { createClock } from '../../../../local/ground/clock.ts';
import type { Invocation } from '../../../../local/ground/service.ts';
import { loadTemplate } from '../../../../local/ground/template.ts';
import { clientSettings, STACK_NAME } from '../../../../local/system.ts';
import { hashAddress } from '../../../../shared/domain/address-hash.ts';
import { type ChallengeId, newChallengeId } from '../../../../shared/domain/challenge.ts';
import { type Code, deriveCode } from '../../../../shared/domain/code.ts';
import { LIMITS } from '../../../../shared/domain/limits.ts';
import { addOrder } from '../../../../shared/domain/orders.ts';
import { NO_USER_RECORD } from '../../../../shared/domain/policy.ts';
import { writePrivateParameters } from '../../../../shared/messages/private-parameters.ts';
import { type ChallengeStore, createChallengeStore } from '../../../../shared/table/challenge-store.ts';
import { createUserStore } from '../../../../shared/table/user-store.ts';
import { createThreadSandboxes } from '../world/thread-sandboxes.ts';
import { type FinalState, readFinalState } from './final-state.ts';

/** A client of the AWS SDK opens 50 connections, so four of them have 200 answers under way. */
const THREADS = 4;
const KEY_TEXT = 'the-key-of-the-guesses'.padEnd(64, 'x');
const KEY = createSecretKey(KEY_TEXT, 'utf8');
/** Every secret that verify reads has this text, so it is the address key as well. */
const SECRET = JSON.stringify({ '1970-01-01T00:00:00Z': KEY_TEXT });
const EMAIL = 'user@example.com';
const ADDRESS_HASH = hashAddress(createSecretKey(SECRET, 'utf8'), EMAIL);

export interface GuessedAt {
  readonly userId: string;
  readonly challengeId: ChallengeId;
  readonly code: Code;
}

export interface Guessing {
  /** A challenge whose code was mailed. */
  challenge(userId: string): Promise<GuessedAt>;
  /** Plays one round with this answer. It does not know of any other round. */
  guess(at: GuessedAt, round: string, answer: string): Promise<Invocation>;
  final(at: GuessedAt): Promise<FinalState>;
  close(): Promise<void>;
}

/** A Secrets Manager that serves the one call that verify makes. */
const serveKey = async (): Promise<Server> => {
  const body = JSON.stringify({ SecretString: SECRET });
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  return server;
};

const urlAt = (port: number): string => `http://127.0.0.1:${port}`;

const requestOf = (challenges: ChallengeStore, userId: string, challengeId: ChallengeId, now: number) =>
  challenges.request({
    userId,
    challengeId,
    delivery: 1,
    recipient: 'u***@e***.com',
    addressHash: ADDRESS_HASH,
    attempts: 0,
    codeLifetime: LIMITS.codeLifetime.default,
    auditRetention: 86_400,
    fact: { at: new Date(now).toISOString(), by: 'create-auth-challenge' },
  });

export const startGuessing = async (templateFolder: string): Promise<Guessing> => {
  const engine = new Worker(new URL('../world/dynalite-thread.ts', import.meta.url));
  const port = await new Promise<number>((resolve) => engine.once('message', resolve));
  const secrets = await serveKey();
  const template = loadTemplate(templateFolder, STACK_NAME, urlAt(port));
  const database = new DynamoDBClient(clientSettings(urlAt(port)));
  await createTables(database, template.ofType('AWS::DynamoDB::GlobalTable'));
  const tableName = template.outputs.TableName ?? '';
  const challenges = createChallengeStore(database, tableName);
  const users = createUserStore(database, tableName);

  const verify = functionsOf(template).find(({ name }) => name.startsWith('VerifyAuthChallenge'));
  if (verify === undefined) throw new Error('The template has no verify function');
  const environment = {
    ...verify.environment,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: urlAt((secrets.address() as AddressInfo).port),
    AWS_ENDPOINT_URL_DYNAMODB: urlAt(port),
  };
  const clock = createClock();
  const threads = createThreadSandboxes();
  const sandboxes = Array.from({ length: THREADS }, (_, index) =>
    threads.start({ ...verify, name: `${verify.name}${index}` }, environment, clock, () => {}),
  );
  let calls = 0;
  return {
    challenge: async (userId) => {
      const now = clock.now();
      const challengeId = newChallengeId(now);
      const mail = { challengeId, delivery: 1 };
      const ordered = addOrder(NO_USER_RECORD, mail, now);
      const claim = { kind: 'claim', ...mail, ordered, addressHash: ADDRESS_HASH, now } as const;
      await users.claimDelivery(userId, NO_USER_RECORD, claim);
      await requestOf(challenges, userId, challengeId, now);
      const code = deriveCode(KEY, { userId, challengeId }, LIMITS.codeLength.default);
      return { userId, challengeId, code };
    },
    guess: ({ userId, challengeId }, round, answer) => {
      calls += 1;
      const event = {
        callerContext: { clientId: 'client-1' },
        request: {
          userAttributes: { sub: userId, email: EMAIL },
          privateChallengeParameters: writePrivateParameters({ challengeId, round, attempts: 0 }),
          challengeAnswer: answer,
        },
        response: {},
      };
      const sandbox = sandboxes[calls % THREADS];
      if (sandbox === undefined) throw new Error('There are no threads');
      return sandbox.invoke(JSON.stringify(event), `request-${calls}`);
    },
    final: ({ userId }) => readFinalState(database, tableName, userId, []),
    close: async () => {
      database.destroy();
      secrets.close();
      await Promise.all([threads.close(), engine.terminate()]);
    },
  };
};
