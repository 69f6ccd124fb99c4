/** Somebody at a page with the code step, on a machine whose clock is wrong, with real triggers behind a bad network. */
import { expect, vi } from 'vitest';
import { AMPLIFY_KEPT_MS } from '../../../client/amplify.ts';
import { sdkCalls } from '../../../client/aws-sdk.ts';
import type { CodeCalls } from '../../../client/calls.ts';
import { type CodeStep, createCodeStep, resumeCodeStep } from '../../../client/code-step.ts';
import { readPublicParameters } from '../../../shared/messages/public-parameters.ts';
import type { Service } from '../../unit/model/service/a-service.ts';
import { aCognito } from './a-cognito.ts';
import { aNetwork, type Weather } from './a-network.ts';

export const USERNAME = 'User-0@example.com';
const USER = 'user-0';

/** `amplify` keeps the session itself, for three minutes; `sdk` saves it with the step. */
export type Library = 'amplify' | 'sdk';

export interface World {
  readonly service: Service;
  readonly library: Library;
  /** Whether the page sends a code as soon as it is in the field. */
  readonly submitsByItself: boolean;
  readonly weather: () => Weather;
  readonly random: () => number;
}

/** Somebody looks at the page as often as it may change, and now and then while nothing is going on. */
const [LOOK_MS, IDLE_LOOK_MS] = [250, 4_000];
/** After this time calls have come back, and the step has asked what it asks by itself. */
const BUSY_MS = 8_000;

/** Must be called with fake timers. */
export const aPage = async ({ service, library, submitsByItself, weather, random }: World) => {
  const cognito = aCognito(service);
  let passed = performance.now();
  /** The service's clock goes on as this machine's timers do. */
  const synchronize = () => {
    service.pass(performance.now() - passed);
    passed = performance.now();
  };
  const network = aNetwork(
    (input) => {
      synchronize();
      return cognito.respond(input);
    },
    weather,
    random,
  );
  let connection = network.connect();
  let isWatched = true;
  let stored: string | undefined;
  let session: string | undefined;

  const callsFrom = (from: string | undefined): CodeCalls => {
    session = from;
    const sdk = sdkCalls({ clientId: 'client', username: USER, session: from, respond: connection.send });
    if (library === 'sdk') return sdk;
    return {
      keptMs: AMPLIFY_KEPT_MS,
      respond: async (answer, metadata) => {
        const reply = await sdk.respond(answer, metadata);
        session = sdk.session?.();
        return reply;
      },
    };
  };
  let field: string | undefined;
  const watch = (step: CodeStep) => {
    const save = () => {
      stored = JSON.stringify(step);
      if (!submitsByItself || field === undefined || step.state.kind !== 'code' || !step.state.may.answer)
        return;
      const text = field;
      field = undefined;
      void step.answer(text);
    };
    save();
    return step.subscribe(save);
  };
  const signIn = async () => {
    const { ChallengeParameters: parameters = {}, Session } = await cognito.prove(USER);
    const options = { calls: callsFrom(Session), isWatched: () => isWatched };
    return createCodeStep({ ...options, username: USERNAME, parameters });
  };

  let step = await signIn();
  let unwatch = watch(step);

  return {
    network,
    get step() {
      return step;
    },
    connection: () => connection,
    type: (text: string) => {
      field = step.typed(text);
    },
    setWatched: (value: boolean) => {
      isWatched = value;
    },
    /** Time goes by, for the service and on this machine. `look` looks at the page several times in a second. */
    pass: async (ms: number, look: () => void) => {
      for (let done = 0; done <= ms; ) {
        const chunk = done < BUSY_MS ? LOOK_MS : IDLE_LOOK_MS;
        await vi.advanceTimersByTimeAsync(chunk);
        while (network.isWorking()) await new Promise(setImmediate);
        await vi.advanceTimersByTimeAsync(0);
        synchronize();
        look();
        done += chunk;
      }
    },
    reload: () => {
      unwatch();
      connection.leave();
      connection = network.connect();
      const saved = JSON.parse(stored ?? 'null');
      step = resumeCodeStep(
        { calls: callsFrom(library === 'sdk' ? saved?.session : session), isWatched: () => isWatched },
        saved,
      );
      unwatch = watch(step);
    },
    /** Begins anew with the password. Returns the challenge that is asked for now. */
    signInAgain: async () => {
      unwatch();
      step = await signIn();
      unwatch = watch(step);
      return step.state.kind === 'code' ? step.state.challenge : expect.unreachable();
    },
    /** The challenge that a sign-in would be asked for at this moment, without signing in on this page. */
    probe: async () => readPublicParameters((await cognito.prove(USER)).ChallengeParameters ?? {}),
    close: () => {
      unwatch();
      connection.leave();
    },
  };
};

export type Page = Awaited<ReturnType<typeof aPage>>;
