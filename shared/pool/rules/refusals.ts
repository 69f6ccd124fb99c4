/** Why attach would rather write nothing, in sentences. */
import { isAt, type PoolChange } from '../changes.ts';
import { jsonObject } from '../json.ts';
import { PLACES } from '../places.ts';
import type { Fate, Wish } from '../plan.ts';
import type { PoolState } from '../pool-state.ts';
import { CLIENT_DOORS } from './client-doors.ts';
import type { Door } from './doors.ts';
import { POOL_DOORS } from './pool-doors.ts';
import { CLIENT_WRITING, lostIn, POOL_WRITING } from './writable.ts';

const LOSS = 'is not known here, so an update would lose it. Use a newer version of cognito-email-otp.';

/** What writing the changes would lose. */
export const lossesOf = (state: PoolState, changes: readonly PoolChange[]): readonly string[] => {
  const isWritten = (at: PoolChange['at']) => changes.some((change) => isAt(change.at, at));
  const ofPool = isWritten('pool') ? lostIn(state.pool, POOL_WRITING) : [];
  return [
    ...ofPool.map((name) => `The pool's ${name} ${LOSS}`),
    ...[...state.clients]
      .filter(([clientId]) => isWritten({ clientId }))
      .flatMap(([clientId, client]) =>
        lostIn(client, CLIENT_WRITING).map((name) => `${name} of the client ${clientId} ${LOSS}`),
      ),
  ];
};

const TAKEN: readonly string[] = PLACES.map((place) => `taken:${place}`);

/** Wrong ids are refused; those of doors that are closed already are not, so that attach can be run again. */
export const wrongOptions = (
  { clients }: PoolState,
  { close, replace, accept }: Pick<Wish, 'close' | 'replace' | 'accept'>,
  doors: readonly Door[],
): readonly string[] => {
  const ids = [...clients.keys()];
  const ofClients = ids.flatMap((id) => CLIENT_DOORS.map((suffix) => id + suffix));
  const isId = (id: string) => POOL_DOORS.includes(id) || ofClients.includes(id);
  const known = (id: string) => isId(id) || TAKEN.includes(id);
  const cannotClose = (id: string) => doors.some((door) => door.id === id && door.closes === undefined);
  const cannotAccept = (id: string) => TAKEN.includes(id) || clients.has(id);
  return [
    ...[...new Set([...close, ...accept])]
      .filter((id) => !known(id))
      .map((id) => `"${id}" is no door: there are ${POOL_DOORS.join(', ')} and those of the pool's clients.`),
    ...close.filter((id) => TAKEN.includes(id)).map((id) => `--close takes no ${id}; --replace does.`),
    ...close.filter(cannotClose).map((id) => `${id} cannot be closed by attach.`),
    ...accept
      .filter(cannotAccept)
      .map((id) => `${id} cannot be accepted: users would get in without the code.`),
    ...replace
      .filter((place) => !PLACES.includes(place))
      .map((place) => `--replace takes ${PLACES.join(', ')}, not "${place}".`),
  ];
};

/**
 * Of the doors that a deployment accepts, those that there can be: the short session of a client that was deleted since is nothing to
 * accept, and none to refuse for.
 */
export const acceptedIn = ({ clients }: PoolState, accept: readonly string[]): readonly string[] =>
  accept.filter((id) => !id.endsWith(':session') || clients.has(id.slice(0, -':session'.length)));

/** Doors that block and stay open. */
export const blockedBy = (doors: readonly (Door & { readonly fate: Fate })[]): readonly string[] =>
  doors
    .filter(({ blocks, fate }) => blocks && fate === 'open')
    .map(({ id, at, harm, remedy }) => {
      const name = at === 'pool' || at.clientName === id ? id : `${id} (${at.clientName})`;
      return `${name}: ${harm} ${remedy}`;
    });

const whereOf = (arn: unknown): readonly string[] => {
  const [, partition = '', , region = '', account = ''] = String(arn).split(':');
  return [partition, region, account];
};

/** Cognito calls functions of its own region; ours let in pools of their own account. */
const elsewhere = ({ pool }: PoolState, { triggers, region }: Wish): readonly string[] => {
  const here = whereOf(pool.properties.Arn);
  if (here[1] !== region)
    return [`The pool is in ${here[1] || 'no region'}, and the functions in ${region}.`];
  return PLACES.filter((place) => whereOf(triggers[place]).join() !== here.join()).map(
    (place) =>
      `The function for ${place} is in another partition, region or account than the pool: ${triggers[place]}.`,
  );
};

const tooSmallPlan = ({ pool }: PoolState, { eventVersion }: Wish): readonly string[] =>
  pool.properties.UserPoolTier === 'LITE' && eventVersion !== 'V1_0'
    ? [
        `The pool is on the Lite plan, on which Cognito takes no event version but V1_0; it is ${eventVersion}. Give the pool the plan ESSENTIALS or PLUS, or leave preTokenGenerationVersion out.`,
      ]
    : [];

/** An update hands the pool's roles and keys to Cognito again, which takes a right of whoever writes. */
const cannotPass = ({ pool }: PoolState, { passes, ...named }: Wish): readonly string[] => {
  if (passes === 'any') return [];
  const { SmsConfiguration, LambdaConfig } = pool.properties;
  const { SnsCallerArn, EumsSms } = jsonObject(SmsConfiguration);
  const roles = [SnsCallerArn, jsonObject(EumsSms).CallerArn].filter((arn) => arn !== undefined);
  const { KMSKeyID } = jsonObject(LambdaConfig);
  return [
    ...roles
      .filter((arn) => arn !== named.smsRoleArn)
      .map((arn) => `The pool sends SMS by the role ${arn}. Name it: existingPool.smsRoleArn.`),
    ...(KMSKeyID === undefined || KMSKeyID === named.customSenderKeyArn
      ? []
      : [`The pool's custom sender uses the key ${KMSKeyID}. Name it: existingPool.customSenderKeyArn.`]),
  ];
};

/** What about the pool itself speaks against the wish, whatever its doors. */
export const unfit = (state: PoolState, wish: Wish, changes: readonly PoolChange[]): readonly string[] => [
  ...elsewhere(state, wish),
  ...tooSmallPlan(state, wish),
  ...(changes.some(({ at }) => at === 'pool') ? cannotPass(state, wish) : []),
];
