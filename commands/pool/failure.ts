/** Explains the errors of the commands `attach` and `detach`. */
import { CommandError, EXIT, explainFileError } from '../../shared/command/failure.ts';
import { explainWith } from '../common/failure.ts';

const PERMISSIONS =
  "cloudformation:DescribeStacks, and sts:AssumeRole on the stack's output AttachRoleArn, which may do the rest. " +
  'Where the stack has no such role: DescribeUserPool, GetUserPoolMfaConfig, ListUserPoolClients, DescribeUserPoolClient, ' +
  'UpdateUserPool and UpdateUserPoolClient of cognito-idp on the pool, dynamodb:Query and dynamodb:UpdateItem on the table. ' +
  'For what the pool has for text messages and custom senders: iam:PassRole and kms:CreateGrant, which the role has for what ' +
  "existingPool names (smsRoleArn, customSenderKeyArn), or the template's SmsRoleArn and CustomSenderKeyArn";

/** Of such an answer nothing may be written back. */
const explainEmpty = (error: unknown): CommandError | undefined =>
  error instanceof Error && error.name === 'EmptyAnswer'
    ? new CommandError(
        'Cognito did not say what the pool or a client is like. Run the command again.',
        EXIT.failed,
      )
    : undefined;

/** Cognito says which pool it is. */
const explainMissing = (error: unknown): CommandError | undefined =>
  error instanceof Error &&
  error.name === 'ResourceNotFoundException' &&
  /^User pool \S+ does not exist/.test(error.message)
    ? new CommandError(`${error.message} Is it of this account?`, EXIT.notFound)
    : undefined;

/** `further` are the permissions that only one of the commands needs. */
export const explainPoolError = (...further: readonly string[]) => {
  const explainAws = explainWith({
    permissions: [PERMISSIONS, ...further].join('; '),
    missing: 'the user pool or the table',
  });
  return (error: unknown): CommandError | undefined =>
    explainFileError(error) ?? explainEmpty(error) ?? explainMissing(error) ?? explainAws(error);
};
