/** How an app meets each error of the tables in docs/client.md: the calls of a step, of which the last one fails. */
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { hadMails, hadOrders } from '../../support/sign-in/earlier-sign-ins.ts';
import { askForTokens, invoke } from '../../support/sign-in/invoke.ts';
import {
  createUser,
  type TestSystem,
  userIdOf,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';
import {
  asked,
  asTriggerFails,
  choosePassword,
  DAY,
  deleteChallenge,
  disable,
  getUser,
  guessing,
  initiate,
  invited,
  MINUTE,
  named,
  pass,
  refresh,
  respond,
  signedIn,
  signOutEverywhere,
  whileTheTableIsDown,
} from './steps.ts';

/** Rejects with the error. */
type Case = (system: TestSystem) => Promise<unknown>;

const PASSWORD_CASES: Readonly<Record<string, Case>> = {
  'Incorrect username or password.': async (system) =>
    provePassword(system.client, { ...(await createUser(system)), password: 'not-the-password' }),
  'Password attempts exceeded': async (system) => {
    const wrong = { ...(await createUser(system)), password: 'not-the-password' };
    const isWrong = (error: Error) => {
      if (error.message !== 'Incorrect username or password.') throw error;
    };
    for (let tries = 0; tries < 12; tries += 1) await provePassword(system.client, wrong).catch(isWrong);
  },
  'User is disabled.': async (system) => {
    const user = await createUser(system);
    await disable(system, user);
    return provePassword(system.client, user);
  },
  'Temporary password has expired and must be reset by an administrator.': async (system) => {
    const user = await createUser(system, { temporary: true });
    await pass(system, 7 * DAY);
    return provePassword(system.client, user);
  },
  'USER_SRP_AUTH is not enabled for the client.': (system) => initiate(system, { AuthFlow: 'USER_SRP_AUTH' }),
  'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.': async (system) =>
    respond(system, await initiate(system, {}), {
      PASSWORD_CLAIM_SIGNATURE: '',
      PASSWORD_CLAIM_SECRET_BLOCK: '',
      TIMESTAMP: 'So. 29. Nov. 06:08:07 MEZ 2026',
    }),
  'User pool client … does not exist.': (system) => initiate(system, { ClientId: 'another' }),
};

/** Chooses a new password; `responses` go with it, or stand in its place. */
const choosing =
  (responses: Readonly<Record<string, string>>): Case =>
  async (system) =>
    choosePassword(system, await createUser(system, { temporary: true }), responses);

const NEW_PASSWORD_CASES: Readonly<Record<string, Case>> = {
  'Password does not conform to policy: …': choosing({ NEW_PASSWORD: 'short' }),
  'Cannot modify an already provided email': choosing({ 'userAttributes.email': 'grace@example.com' }),
  'A client attempted to write unauthorized attribute': choosing({ 'userAttributes.nickname': 'Grace' }),
};

const ORDER = 'CreateAuthChallenge failed with error';

const ORDER_CASES: Readonly<Record<string, Case>> = {
  [`${ORDER} … [LOCKED until …].`]: async (system) => {
    const { user, step, code } = await guessing(system, 19);
    return answerCode(system.client, user, step, wrongCode(code));
  },
  [`${ORDER} … [LOCKED].`]: async (system) => {
    const { user } = await guessing(system, 100);
    return provePassword(system.client, user);
  },
  [`${ORDER} … [SEND_LIMIT until …].`]: async (system) => {
    const { user } = await asked(system);
    await hadMails(system, user, 20);
    await pass(system, 60 * MINUTE);
    return provePassword(system.client, user);
  },
  [`${ORDER} … [ORDER_LIMIT until …].`]: async (system) => {
    const { user } = await asked(system);
    await hadOrders(system, user, 200);
    await pass(system, 60 * MINUTE);
    return provePassword(system.client, user);
  },
  [`${ORDER} Your email address has letters or signs that our mail cannot carry. Contact support to use another one..`]:
    async (system) => provePassword(system.client, await createUser(system, { email: 'jörg@example.com' })),
  // Cognito calls create for no user who is unknown from the start, and none can be deleted here, so the function is asked.
  [`${ORDER} This sign-in cannot be continued..`]: (system) =>
    asTriggerFails('CreateAuthChallenge', () =>
      invoke(system, 'CreateAuthChallengeLambdaFunction', {
        request: { session: [], userAttributes: {}, userNotFound: true },
        response: {},
      }),
    ),
  [`${ORDER} Sign in again..`]: async (system) => {
    const { user, step } = await asked(system);
    await deleteChallenge(system, user);
    return answerCode(system.client, user, step, 'status', 'status');
  },
  [`${ORDER} Something went wrong on our side. Please try again..`]: async (system) => {
    const user = await createUser(system);
    return whileTheTableIsDown(system, () => provePassword(system.client, user));
  },
};

const CODE_CASES: Readonly<Record<string, Case>> = {
  'Incorrect username or password.': async (system) => {
    const { user, step: first } = await asked(system);
    let step = first;
    for (let round = 1; round <= 8; round += 1) step = await answerCode(system.client, user, step, 'no code');
  },
  'Invalid session for the user, session is expired.': async (system) => {
    const { user, step } = await asked(system);
    await pass(system, 15 * MINUTE);
    return answerCode(system.client, user, step, await waitForCode(system, user));
  },
  'Invalid session for the user, session can only be used once.': async (system) => {
    const { user, step } = await asked(system);
    await answerCode(system.client, user, step, 'no code');
    return answerCode(system.client, user, step, 'no code');
  },
  'Invalid session for the user.': async (system) => {
    const [{ user }, { step }] = [await asked(system), await asked(system)];
    return respond(system, step, { USERNAME: user.username, ANSWER: '000000' });
  },
  'User is disabled.': async (system) => {
    const { user, step } = await asked(system);
    await disable(system, user);
    return answerCode(system.client, user, step, await waitForCode(system, user));
  },
  'Missing required parameter ANSWER': async (system) =>
    respond(system, (await asked(system)).step, { CODE: '000000' }),
  'VerifyAuthChallengeResponse failed with error Something went wrong on our side. Please try again..':
    async (system) => {
      const { user, step } = await asked(system);
      const code = await waitForCode(system, user);
      return whileTheTableIsDown(system, () => answerCode(system.client, user, step, code));
    },
  // No client of the local pool gets as far as this without a code, so the function is asked.
  'PreTokenGeneration failed with error Sign in again, with the code from your mail..': async (system) => {
    const { user } = await asked(system);
    const userId = await userIdOf(system, user);
    return asTriggerFails('PreTokenGeneration', () => askForTokens(system, userId, system.clientId));
  },
  // Verify needs the table just before, so the function is asked.
  'PreTokenGeneration failed with error Something went wrong on our side. Please try again..': async (
    system,
  ) => {
    const { user } = await asked(system);
    const userId = await userIdOf(system, user);
    return asTriggerFails('PreTokenGeneration', () =>
      whileTheTableIsDown(system, () => askForTokens(system, userId, system.clientId)),
    );
  },
};

const SIGNED_IN_CASES: Readonly<Record<string, Case>> = {
  'Access Token has expired': async (system) => {
    const { tokens } = await signedIn(system);
    await pass(system, 60 * MINUTE);
    return getUser(system, tokens);
  },
  'Access Token has been revoked': async (system) => {
    const { user, tokens } = await signedIn(system);
    await signOutEverywhere(system, user);
    return getUser(system, tokens);
  },
  'Refresh Token has expired': async (system) => {
    const { tokens } = await signedIn(system);
    await pass(system, 30 * DAY);
    return refresh(system, tokens);
  },
  'Refresh Token has been revoked': async (system) => {
    const { user, tokens } = await signedIn(system);
    await signOutEverywhere(system, user);
    return refresh(system, tokens);
  },
  'Invalid Refresh Token': (system) => refresh(system, { RefreshToken: 'made-up' }),
};

const under = (step: string, cases: Readonly<Record<string, Case>>) =>
  Object.entries(cases).map(([message, play]) => [`${step}: ${message}`, play] as const);

/** By step and message. */
export const ERROR_CASES: ReadonlyMap<string, Case> = new Map([
  ...under('password', PASSWORD_CASES),
  ...under('newPassword', NEW_PASSWORD_CASES),
  ...under('order', ORDER_CASES),
  ...under('code', CODE_CASES),
  ...under('signedIn', SIGNED_IN_CASES),
]);

/** Chooses a new password in a pool in which users have names. */
const choosingAs =
  (username: string, responses: Readonly<Record<string, string>>): Case =>
  async (system) =>
    choosePassword(system, await invited(system, username), responses);

/**
 * The cases that need a pool in which users have names and a nickname, a client that may write every attribute, and a stack that
 * wants addresses verified.
 */
export const NAMED_USER_CASES: ReadonlyMap<string, Case> = new Map([
  ...under('newPassword', {
    'Invalid attributes given, … is missing': choosingAs('joan', {}),
    'Attributes did not conform to the schema: …': choosingAs('mary', { 'userAttributes.shoe_size': '41' }),
    'Invalid email address format.': choosingAs('jean', { 'userAttributes.email': 'nobody' }),
  }),
  ...under('order', {
    [`${ORDER} No email address is on file for a sign-in code. Contact support..`]: async (system) =>
      provePassword(system.client, await named(system, 'ada')),
    [`${ORDER} Your email address is not verified yet. Contact support..`]: async (system) =>
      provePassword(system.client, await named(system, 'grace', 'grace@example.com')),
  }),
]);

/** The errors that no client of the local pool can meet, with the reason. */
export const NOT_PLAYED: ReadonlyMap<string, string> = new Map([
  [
    'password: Password reset required for the user',
    'the local pool has no AdminResetUserPassword, so no user gets the status RESET_REQUIRED',
  ],
  [
    'password: User is not confirmed.',
    'the local pool has no SignUp, and users whom an administrator creates are confirmed',
  ],
]);
