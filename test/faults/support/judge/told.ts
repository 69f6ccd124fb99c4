/** Holds what clients were told about their mails against the trail: in the end, and for a status also at that time. */
import type { Invoke, JsonObject } from '../../../../local/ground/service.ts';
import {
  type Challenge,
  type ChallengeId,
  isLive,
  latestDelivery,
  requestName,
} from '../../../../shared/domain/challenge.ts';
import { LIMITS } from '../../../../shared/domain/limits.ts';
import { readClientMetadata } from '../../../../shared/messages/client-metadata.ts';
import { type CodeChallenge, readPublicParameters } from '../../../../shared/messages/public-parameters.ts';
import { readSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import { createChallengeStore } from '../../../../shared/table/challenge-store.ts';
import type { World } from '../world/world.ts';
import type { FinalState } from './final-state.ts';
import { isTrueOfMail } from './mail-truth.ts';

const MAX_ATTEMPTS = LIMITS.maxAttempts.default;

/** What two strongly consistent reads said, just before and just after the service was asked. */
interface Reads {
  readonly before: Challenge;
  readonly after: Challenge;
  /** Whether the challenge is for the address that the user had then. */
  readonly isForAddress: boolean;
  readonly now: number;
}

interface Told {
  readonly challengeId: ChallengeId;
  readonly shown: CodeChallenge;
  /** Missing if the client has not asked how the mail stands. */
  readonly reads?: Reads;
}

export interface Witness {
  /** Calls functions by `invoke`, and remembers what create-auth-challenge has told. */
  watch(invoke: Invoke): Invoke;
  /** In words, what was told and was not so; empty if there is nothing. */
  untruths(finals: readonly FinalState[]): readonly string[];
}

/** Every state that the trail may have been in while it went from one to the other: facts come in any order. */
const between = (before: Challenge['events'], after: Challenge['events']): readonly Challenge['events'][] =>
  Object.entries(after)
    .filter(([name]) => before[name] === undefined)
    .reduce<readonly Challenge['events'][]>(
      (states, [name, fact]) => states.flatMap((state) => [state, { ...state, [name]: fact }]),
      [before],
    );

/** Only the facts that say how this mail stands. */
const ofDelivery = (events: Challenge['events'], delivery: number): Challenge['events'] =>
  Object.fromEntries(Object.entries(events).filter(([name]) => name.startsWith(`${delivery}#`)));

const factsOf = ({ events }: Challenge, delivery: number): string =>
  Object.keys(ofDelivery(events, delivery)).join(', ');

/** A trail only grows, so nothing was told that it does not say in the end. */
const againstFinal = ({ challengeId, shown }: Told, final: Challenge | undefined): readonly string[] => {
  if (final === undefined) return ['there is no such challenge'];
  const { delivery, deliveryNumber, attemptsLeft, destination } = shown;
  const states = between({}, ofDelivery(final.events, deliveryNumber));
  const isPossible = states.some((events) => isTrueOfMail(events, deliveryNumber, delivery));
  const rules: readonly [boolean, string][] = [
    [isPossible, `mail ${deliveryNumber} is ${delivery}, which its trail never said`],
    [final.events[requestName(deliveryNumber)] !== undefined, `mail ${deliveryNumber} was never ordered`],
    [attemptsLeft >= MAX_ATTEMPTS - final.attempts, `${attemptsLeft} attempts were left, which is too few`],
    [destination === final.recipient, 'the mails go to another address'],
  ];
  return rules.filter(([holds]) => !holds).map(([, text]) => `of ${challengeId} it was told: ${text}`);
};

/** The first release takes a status for an answer, and may hand out another challenge, which is not the one that was read. */
const againstReads = ({ challengeId, shown, reads }: Told): readonly string[] => {
  if (reads === undefined || reads.after.challengeId !== challengeId) return [];
  const { before, after, isForAddress, now } = reads;
  const { delivery, deliveryNumber, attemptsLeft, status } = shown;
  const isSo = between(before.events, after.events).some((events) => {
    const challenge = { ...after, events };
    const newest = latestDelivery(challenge);
    return newest === deliveryNumber && isTrueOfMail(events, newest, delivery);
  });
  const wasUsable = isForAddress && isLive(before, now, MAX_ATTEMPTS);
  const isUsable = isForAddress && isLive(after, now, MAX_ATTEMPTS);
  const word = (usable: boolean) => (usable ? 'SAME' : 'OVER');
  const [most, least] = [MAX_ATTEMPTS - before.attempts, MAX_ATTEMPTS - after.attempts];
  const newest = latestDelivery(after);
  const rules: readonly [boolean, string][] = [
    [
      isSo,
      `mail ${deliveryNumber} is ${delivery}, while of mail ${newest} the trail said ${factsOf(after, newest)}`,
    ],
    [[word(wasUsable), word(isUsable)].includes(status), `it is ${status}, while it was ${word(isUsable)}`],
    [attemptsLeft <= most && attemptsLeft >= least, `${attemptsLeft} attempts left, while ${least} were`],
  ];
  return rules.filter(([holds]) => !holds).map(([, text]) => `a status of ${challengeId} told: ${text}`);
};

interface CreateRequest {
  readonly userAttributes: { readonly sub: string; readonly email: string };
  readonly session: readonly { readonly challengeMetadata?: string }[];
  readonly clientMetadata?: JsonObject;
}

const createRequestOf = (event: unknown): CreateRequest | undefined => {
  const { triggerSource, request } = event as { readonly triggerSource?: string; readonly request?: unknown };
  return triggerSource?.startsWith('CreateAuthChallenge') ? (request as CreateRequest) : undefined;
};

interface Response {
  readonly publicChallengeParameters?: JsonObject;
  readonly privateChallengeParameters?: { readonly challengeId: ChallengeId };
}

const idIn = ({ session }: CreateRequest): ChallengeId | undefined =>
  readSessionMetadata(session.at(-1)?.challengeMetadata)?.challengeId;

export const createWitness = ({ database, tableName, hashOf, system: { clock } }: World): Witness => {
  const store = createChallengeStore(database, tableName);
  const told: Told[] = [];

  const watchStatus = async (request: CreateRequest): Promise<() => Promise<Reads | undefined>> => {
    const { sub: userId, email } = request.userAttributes;
    const challengeId = idIn(request);
    const read = async () => challengeId && store.read({ userId, challengeId });
    const before = await read();
    return async () => {
      const now = clock.now();
      const after = await read();
      // A challenge of the first release does not say what address it is for.
      const isForAddress = (after?.addressHash ?? hashOf(email)) === hashOf(email);
      return before && after && { before, after, isForAddress, now };
    };
  };

  return {
    watch: (invoke) => async (arn, event) => {
      const request = createRequestOf(event);
      if (request === undefined) return invoke(arn, event);
      const isStatus = readClientMetadata(request.clientMetadata).call === 'status';
      const readAgain = isStatus ? await watchStatus(request) : undefined;
      const outcome = await invoke(arn, event);
      if (outcome.kind !== 'returned') return outcome;
      const { response } = outcome.payload as { readonly response: Response };
      const { publicChallengeParameters, privateChallengeParameters } = response;
      if (publicChallengeParameters && privateChallengeParameters) {
        const reads = await readAgain?.();
        const { challengeId } = privateChallengeParameters;
        told.push({
          challengeId,
          shown: readPublicParameters(publicChallengeParameters),
          ...(reads && { reads }),
        });
      }
      return outcome;
    },
    untruths: (finals) => {
      const challenges = finals.flatMap((final) => final.challenges);
      return told.flatMap((one) => [
        ...againstFinal(
          one,
          challenges.find(({ challengeId }) => challengeId === one.challengeId),
        ),
        ...againstReads(one),
      ]);
    },
  };
};
