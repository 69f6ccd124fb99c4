import { afterAll, beforeAll, expect, test } from 'vitest';
import { provePassword } from '../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../support/sign-in/answer-code.ts';
import { askForTokens } from '../support/sign-in/invoke.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  userIdOf,
  waitForCode,
} from '../support/system/local-system.ts';

// Somebody who knows the password has a second app client that asks for no code, and asks there without a pause while the
// owner signs in. Guard is called as Cognito calls it, because the local pool would refuse such a client before.

const SIGN_INS = 100;
const AT_ONCE = 4;
/** When the asking goes on after the owners have signed in, on the service’s clock. */
const STEPS_MS = [0, 5_000, 14_000, 30_000, 59_000, 61_000];

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
  // Cold functions beside so many calls would not keep Cognito's five seconds.
  const owners = await Promise.all(Array.from({ length: AT_ONCE }, anOwner));
  await Promise.all(owners.map(signIn));
});
afterAll(() => stopTestSystem(system));

interface Owner {
  readonly user: TestUser;
  readonly userId: string;
}

const anOwner = async (): Promise<Owner> => {
  const user = await createUser(system);
  return { user, userId: await userIdOf(system, user) };
};

/** The second client, those whose ids are nearly the owner's, and a call that names no client. */
const strangers = (own: string): readonly (string | undefined)[] => [
  'another-client',
  own.slice(0, -1),
  `${own}0`,
  own.toUpperCase(),
  ` ${own}`,
  '',
  undefined,
];

/** Asks once at each of the strangers' clients. Returns the errors' names; a call that gave tokens has none. */
const ask = async ({ userId }: Owner): Promise<readonly (string | undefined)[]> => {
  const errors: (string | undefined)[] = [];
  // One after the other, because each call at the same time takes a process of its own.
  for (const clientId of strangers(system.clientId)) {
    const { error } = await askForTokens(system, userId, clientId);
    errors.push(error);
  }
  return errors;
};

/** The owner's sign-in. Returns whether there were tokens. */
const signIn = async ({ user }: Owner): Promise<boolean> => {
  const step = await provePassword(system.client, user);
  const done = await answerCode(system.client, user, step, await waitForCode(system, user));
  return done.AuthenticationResult?.IdToken !== undefined;
};

/** Owners who sign in at once, each of them watched by somebody who asks all the time and for a minute more. */
const aGroup = async () => {
  const owners = await Promise.all(Array.from({ length: AT_ONCE }, anOwner));
  const answers: (string | undefined)[] = [];
  let signingIn = true;
  const asking = owners.map(async (owner) => {
    while (signingIn) answers.push(...(await ask(owner)));
  });
  const signedIn = await Promise.all(owners.map(signIn)).finally(() => {
    signingIn = false;
  });
  await Promise.all(asking);
  for (const offsetMs of STEPS_MS) {
    system.clock.adjust({ offsetMs });
    for (const owner of owners) answers.push(...(await ask(owner)));
  }
  system.clock.adjust({ offsetMs: 0 });
  return { signedIn: signedIn.filter(Boolean).length, answers };
};

test(`a second client that asks all the time gets no tokens while ${SIGN_INS} owners sign in`, async () => {
  let [signedIn, asked, given, otherErrors] = [0, 0, 0, 0];
  for (let group = 0; group < SIGN_INS / AT_ONCE; group += 1) {
    const result = await aGroup();
    signedIn += result.signedIn;
    asked += result.answers.length;
    given += result.answers.filter((error) => error === undefined).length;
    otherErrors += result.answers.filter((error) => error !== undefined && error !== 'TokensRefused').length;
  }

  console.log(
    `${signedIn} of ${SIGN_INS} owners had tokens; ${asked} times asked at other clients, ${given} times given`,
  );
  expect({ signedIn, given, otherErrors }).toEqual({ signedIn: SIGN_INS, given: 0, otherErrors: 0 });
});
