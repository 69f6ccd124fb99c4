/** The key of the codes changes while sign-ins are under way, or cannot be read. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LEAD_MS } from '../../../commands/rotate-key/plan.ts';
import { rotate } from '../../../commands/rotate-key/run.ts';
import { openKeyringSecret } from '../../../commands/rotate-key/secret.ts';
import type { Disturbance } from '../../../local/ground/endpoint.ts';
import { AwsError } from '../../../local/ground/service.ts';
import { clientSettings } from '../../../local/system.ts';
import { KEY_CACHE_MS } from '../../../shared/lambda/key-source.ts';
import { differences, type FinalState, ONE_OF_EACH, summaryOf } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, orRefusal, readCode, signIn } from '../support/sign-in.ts';
import type { Person } from '../support/world/cognito.ts';
import type { World } from '../support/world/world.ts';

/** What `npm run rotate-key` does. */
const rotateKey = async ({ system }: World, emergency: boolean): Promise<void> => {
  const client = new SecretsManagerClient(clientSettings(system.url));
  const secret = openKeyringSecret(client, system.outputs.KeyringSecretArn ?? '');
  await rotate({ secret, now: system.clock.now() }, emergency);
  client.destroy();
};

/** The rounds begin this many milliseconds of the local clock before the new key is in force. */
const AHEAD_MS = 30_000;

const ROTATION: FaultCase = {
  name: 'the key is rotated mid-challenge',
  invariant: 'every code that is out keeps working, and so does every new one',
  rounds: 60,
  inParallel: 20,
  prepare: async (world) => {
    await rotateKey(world, false);
    world.system.clock.adjust({ offsetMs: LEAD_MS - AHEAD_MS });
    return () => {};
  },
  play: async (round) => {
    const person = round.person();
    const cognito = round.cognito();
    await round.world.wait(round.random.whole(0, AHEAD_MS / 2));
    const step = await cognito.prove(person);
    const code = await readCode(round, person, step);
    await round.world.wait(round.random.whole(0, AHEAD_MS / 2));
    const done = await cognito.answer(person, step, code);
    return (final) => [
      ...(isSignedIn(done) ? [] : ['the user is not in']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

/** The first sign-in has its code when all keys are replaced; the second begins when no function can still have an old key. */
const EMERGENCY: FaultCase = {
  name: 'all keys are replaced in an emergency',
  invariant: 'five minutes later no code of an old key is worth anything, and a new sign-in gets in',
  rounds: 30,
  inParallel: 1,
  play: async (round) => {
    const { world, random } = round;
    const person = round.person();
    const cognito = round.cognito();
    const step = await cognito.prove(person);
    const code = await readCode(round, person, step);
    await rotateKey(world, true);
    const isEarly = random.chance(0.5);
    const later = isEarly ? random.whole(0, 60_000) : KEY_CACHE_MS + 1_000;
    world.system.clock.adjust({ offsetMs: later });
    const first = await orRefusal(cognito.answer(person, step, code));
    const wasIn = typeof first !== 'string' && isSignedIn(first);
    world.system.clock.adjust({ offsetMs: KEY_CACHE_MS + 1_000 - later });
    const second = await signIn(round, cognito, person);
    return (final) => {
      const { verified, mails, challenges } = summaryOf(final);
      return [
        ...(wasIn && !isEarly ? ['a code of the old key let the user in'] : []),
        ...(isSignedIn(second) ? [] : ['the new sign-in is not in']),
        ...(verified === (wasIn ? 2 : 1) ? [] : [`${verified} verified challenges`]),
        ...(mails === challenges ? [] : [`${mails} mails of ${challenges} challenges`]),
      ];
    };
  },
};

const UNAVAILABLE: Disturbance = {
  kind: 'refused',
  error: new AwsError('InternalServiceError', 'An error occurred on the server side.', 500),
};

/** Moves the clock until no function has the secret cached, and then refuses it so many times. */
const hideSecret = ({ disturbances, system }: World, times: number): (() => void) => {
  system.clock.adjust({ offsetMs: KEY_CACHE_MS + 1_000 });
  let left = times;
  const one = ({ operation }: { readonly operation: string }) => {
    if (operation !== 'secretsmanager.GetSecretValue' || left === 0) return undefined;
    left -= 1;
    return UNAVAILABLE;
  };
  disturbances.add(one);
  return () => void disturbances.delete(one);
};

/**
 * The service has two secrets, which create, verify and the sender read. A failed call of one of them has met two refusals,
 * because the AWS SDK tries twice; if everybody meets all of them one after the other, there are six such calls.
 */
const MOST_REFUSALS = 12;
const MOST_TRIES = 1 + MOST_REFUSALS / 2;

/** Signs in again until it succeeds, if a mail does not come or something else goes wrong. */
const persist = async (round: Round, person: Person): Promise<boolean> => {
  const cognito = round.cognito();
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const step = await orRefusal(cognito.prove(person));
    if (typeof step === 'string') continue;
    const code = await readCode(round, person, step, 5_000).catch(() => undefined);
    const result = code === undefined ? '' : await orRefusal(cognito.answer(person, step, code));
    if (typeof result !== 'string' && isSignedIn(result)) return true;
  }
  return false;
};

const mailedOnce = (final: FinalState): readonly string[] => {
  const { mails, challenges, attempts } = summaryOf(final);
  return [
    ...(mails === challenges ? [] : [`${mails} mails of ${challenges} challenges`]),
    ...(attempts === 0 ? [] : [`${attempts} attempts`]),
  ];
};

const HIDDEN: FaultCase = {
  name: 'the secret cannot be read for a while',
  invariant: 'everybody gets in when it is back, each challenge has one mail, and no attempt is counted',
  rounds: 20,
  inParallel: 1,
  play: async (round) => {
    const people = [round.person(), round.person(), round.person()];
    const showSecret = hideSecret(round.world, round.random.whole(1, MOST_REFUSALS));
    const entered = await Promise.all(people.map((person) => persist(round, person))).finally(showSecret);
    return (...finals) => [
      ...(entered.every(Boolean) ? [] : [`${entered.filter(Boolean).length} of ${people.length} are in`]),
      ...finals.flatMap(mailedOnce),
    ];
  },
};

export const KEYS: readonly FaultCase[] = [ROTATION, HIDDEN, EMERGENCY];
