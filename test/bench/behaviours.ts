/** The ways in which people sign in, and the result that each must have. */
import { provePassword, type Step } from '../../commands/sign-in/sign-in-flow.ts';
import { LIMITS } from '../../shared/domain/limits.ts';
import { answerCode } from '../support/sign-in/answer-code.ts';
import { moveTo } from '../support/sign-in/move-to.ts';
import {
  createUser,
  type TestSystem,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../support/system/local-system.ts';

type Behaviour = 'finish' | 'abandon' | 'wrongFirst' | 'resend' | 'move' | 'exhaust' | 'wrongPassword';

export interface Person {
  readonly user: TestUser;
  readonly behaviour: Behaviour;
}

/** People who have trouble: with the mailbox, with patience, with typing, or with an address that changes meanwhile. */
const TROUBLED: readonly { readonly email?: (n: number) => string; readonly behaviour: Behaviour }[] = [
  { email: (n) => `bounce+${n}@simulator.amazonses.com`, behaviour: 'abandon' },
  { email: (n) => `suppressionlist+${n}@simulator.amazonses.com`, behaviour: 'abandon' },
  { email: (n) => `complaint+${n}@simulator.amazonses.com`, behaviour: 'finish' },
  { email: (n) => `delayed+${n}@outcome.example.com`, behaviour: 'finish' },
  { email: (n) => `gone+${n}@outcome.example.com`, behaviour: 'abandon' },
  { email: (n) => `rejected+${n}@outcome.example.com`, behaviour: 'abandon' },
  { behaviour: 'abandon' },
  { behaviour: 'exhaust' },
  { behaviour: 'resend' },
  { behaviour: 'move' },
  { behaviour: 'wrongPassword' },
];

/** The n-th person, who signs in once: eleven of each 25 have trouble. */
export const aPerson = async (system: TestSystem, n: number): Promise<Person> => {
  const trouble = TROUBLED[n % 25];
  const email = trouble?.email?.(n);
  const user = await createUser(system, email === undefined ? {} : { email });
  return { user, behaviour: trouble?.behaviour ?? (n % 4 === 0 ? 'wrongFirst' : 'finish') };
};

/** Whether this person must get tokens in the end, if mails go out. */
export const finishes = ({ behaviour }: Person): boolean =>
  behaviour === 'finish' || behaviour === 'wrongFirst' || behaviour === 'resend' || behaviour === 'move';

const exhaust = async (system: TestSystem, user: TestUser, first: Step, code: string): Promise<void> => {
  let step = first;
  for (let attempt = 1; attempt <= LIMITS.maxAttempts.default; attempt += 1) {
    step = await answerCode(system.client, user, step, wrongCode(code));
  }
  // After the last wrong answer there is a new challenge, and its mail is on the way.
  await waitForCode(system, user, 2);
};

/** The code from the old mailbox is worth nothing; the one from the new mailbox signs in. */
const answerFromNewMailbox = async (
  system: TestSystem,
  user: TestUser,
  first: Step,
  old: string,
): Promise<Step> => {
  const moved = await moveTo(system, user, `moved-${user.email}`);
  const step = await answerCode(system.client, moved, first, old);
  return answerCode(system.client, moved, step, await waitForCode(system, moved));
};

const enterCode = async (system: TestSystem, { user, behaviour }: Person, first: Step): Promise<boolean> => {
  const code = await waitForCode(system, user);
  if (behaviour === 'abandon') return false;
  if (behaviour === 'exhaust') {
    await exhaust(system, user, first, code);
    return false;
  }
  let step = first;
  if (behaviour === 'wrongFirst') step = await answerCode(system.client, user, step, wrongCode(code));
  if (behaviour === 'resend') {
    system.clock.adjust({ offsetMs: 31_000 });
    step = await answerCode(system.client, user, step, 'resend', 'resend');
    await waitForCode(system, user, 2);
  }
  const done =
    behaviour === 'move'
      ? await answerFromNewMailbox(system, user, step, code)
      : await answerCode(system.client, user, step, code);
  return done.AuthenticationResult !== undefined;
};

/** Returns whether there were tokens. `isMailed`: whether SES accepts mails at all. */
export const signIn = async (system: TestSystem, person: Person, isMailed: boolean): Promise<boolean> => {
  const { user, behaviour } = person;
  if (behaviour === 'wrongPassword') {
    const refused = provePassword(system.client, { ...user, password: 'not-the-password' });
    return refused.then(
      () => true,
      () => false,
    );
  }
  const step = await provePassword(system.client, user);
  return isMailed ? enterCode(system, person, step) : false;
};
