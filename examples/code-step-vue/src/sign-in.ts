/** The sign-in by Amplify: the password, what Cognito asks for next, and the screen for it. */
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import {
  type AmplifyResult,
  amplifyCalls,
  type BackToPassword,
  type CodeStep,
  createCodeStep,
  problemOf,
  problemOfStep,
  readAmplifyResult,
  resumeCodeStep,
  type SignedIn,
  type SignInProblem,
} from 'cognito-email-otp/client';
import { describeProblem, describeStep, type Notice } from 'cognito-email-otp/client/words';
import { keptStep } from './saved-step.ts';

type Stage = 'password' | 'newPassword';

export type Screen =
  | { readonly kind: Stage; readonly username: string; readonly notice: Notice }
  | { readonly kind: 'code'; readonly step: CodeStep }
  | { readonly kind: 'signedIn'; readonly name: string };

interface Config {
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Only the local system has one. */
  readonly endpoint?: string;
}

const plain = (text: string): Notice => ({ tone: 'plain', text });

export const WELCOME: Screen = {
  kind: 'password',
  username: '',
  notice: plain('Enter your email address and your password. Then we mail you a code.'),
};

export const configure = async (): Promise<void> => {
  const { userPoolId, userPoolClientId, endpoint }: Config = await (await fetch('config.json')).json();
  Amplify.configure({
    Auth: { Cognito: { userPoolId, userPoolClientId, ...(endpoint && { userPoolEndpoint: endpoint }) } },
  });
};

// What the browser says of itself is kept in the audit trail.
const clientMetadata = { userAgent: navigator.userAgent };
const calls = amplifyCalls(confirmSignIn, clientMetadata);

/** Returns undefined if nobody is signed in. */
const signedInScreen = async (): Promise<Screen | undefined> => {
  const { tokens } = await fetchAuthSession();
  return tokens && { kind: 'signedIn', name: String(tokens.idToken?.payload.email) };
};

const refused = (username: string, problem: SignInProblem, stage: Stage = 'password'): Screen => ({
  kind: problem.next === 'startOver' ? 'password' : stage,
  username,
  notice: { tone: 'bad', text: describeProblem(problem, Date.now()) },
});

const screenFor = async (result: AmplifyResult, username: string): Promise<Screen> => {
  const reply = readAmplifyResult(result);
  switch (reply.kind) {
    case 'signedIn':
      return (await signedInScreen()) ?? WELCOME;
    case 'newPassword':
      return {
        kind: 'newPassword',
        username,
        notice: plain('Your password was a temporary one. Choose your own.'),
      };
    case 'code':
      return { kind: 'code', step: createCodeStep({ calls, username, parameters: reply.parameters }) };
    case 'other':
      return refused(username, problemOfStep(reply.name));
  }
};

const ask = async (stage: Stage, username: string, call: () => Promise<AmplifyResult>): Promise<Screen> => {
  try {
    return await screenFor(await call(), username);
  } catch (error) {
    const signedIn = (error as Error).name === 'UserAlreadyAuthenticatedException';
    if (signedIn) return (await signedInScreen()) ?? WELCOME;
    const problem = problemOf(error, stage);
    if (problem.code === 'unknown') console.error(error);
    return refused(username, problem, stage);
  }
};

export const givePassword = (username: string, password: string): Promise<Screen> =>
  ask('password', username, () =>
    signIn({ username, password, options: { authFlowType: 'CUSTOM_WITH_SRP', clientMetadata } }),
  );

export const giveNewPassword = (username: string, password: string): Promise<Screen> =>
  ask('newPassword', username, () =>
    confirmSignIn({ challengeResponse: password, options: { clientMetadata } }),
  );

/** Where the sign-in goes on when the code step has ended. */
export const afterStep = async (end: BackToPassword | SignedIn, now: number): Promise<Screen> => {
  if (end.kind === 'signedIn') return (await signedInScreen()) ?? WELCOME;
  return { kind: 'password', username: end.username, notice: describeStep(end, now) };
};

/** Where the sign-in was before the page was loaded again. */
export const firstScreen = async (): Promise<Screen> => {
  const saved = keptStep();
  const signedIn = await signedInScreen();
  if (signedIn !== undefined || saved === undefined) return signedIn ?? WELCOME;
  return { kind: 'code', step: resumeCodeStep({ calls }, saved) };
};

export const leave = async (): Promise<Screen> => {
  await signOut();
  return { ...WELCOME, notice: { tone: 'good', text: 'You are signed out.' } };
};
