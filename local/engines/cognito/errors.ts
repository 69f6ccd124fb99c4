/** The errors of the user pool API in Amazon Cognito's own words: clients match on the names, and some on the texts. */
import { AwsError } from '../../ground/service.ts';

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message);

export const missingParameter = (name: string): AwsError =>
  invalidParameter(`Missing required parameter ${name}`);

/** Refuses what AWS supports and this engine does not, so that nothing is done by half. `advice` is a sentence without its full stop. */
export const notImplemented = (what: string, advice?: string): AwsError =>
  invalidParameter(
    `${what} is not implemented by the local user pool.${advice === undefined ? '' : ` ${advice}.`}`,
  );

/** Refuses a sign-in through a pool that has what would change it and is not played, by name. */
export const refuseUnplayable = ({ unplayable }: { readonly unplayable: readonly string[] }): void => {
  if (unplayable.length > 0) throw invalidParameter(`No sign-in is played here: ${unplayable.join('. ')}.`);
};

export const notAuthorized = (message: string): AwsError => new AwsError('NotAuthorizedException', message);

/** The error for a wrong password, an unknown user and a failed challenge, which must look alike. */
export const incorrectCredentials = (): AwsError => notAuthorized('Incorrect username or password.');

/** The error during a lockout, for the right password too. */
export const passwordAttemptsExceeded = (): AwsError => notAuthorized('Password attempts exceeded');

export const userDisabled = (): AwsError => notAuthorized('User is disabled.');

export const invalidSession = (reason?: 'can only be used once' | 'is expired'): AwsError =>
  notAuthorized(`Invalid session for the user${reason === undefined ? '' : `, session ${reason}`}.`);

export const userNotFound = (): AwsError => new AwsError('UserNotFoundException', 'User does not exist.');

export const unauthorizedAttribute = (): AwsError =>
  notAuthorized('A client attempted to write unauthorized attribute');

export const invalidPassword = (message: string): AwsError =>
  new AwsError('InvalidPasswordException', message);

export const resourceNotFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message);

export const clientNotFound = (clientId: string): AwsError =>
  resourceNotFound(`User pool client ${clientId} does not exist.`);

/** The error for a trigger's response that Cognito cannot use. */
export const invalidLambdaResponse = (): AwsError =>
  new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');

export const unsupportedOperation = (message: string): AwsError =>
  new AwsError('UnsupportedOperationException', message);
