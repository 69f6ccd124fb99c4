import { expect, it } from 'vitest';
import { explainPoolError } from '../../../../commands/pool/failure.ts';
import { EXIT } from '../../../../shared/command/failure.ts';

const explain = explainPoolError('cognito-idp:ListUsers (--revoke)');
const ofAws = (name: string, message = 'no') => Object.assign(new Error(message), { name, $metadata: {} });

it('explains where a file cannot be written', () => {
  const error = Object.assign(new Error("EACCES: permission denied, open '/undo.json'"), {
    syscall: 'open',
    path: '/undo.json',
  });

  expect(explain(error)).toMatchObject({ message: expect.stringContaining('EACCES'), exit: EXIT.failed });
});

it('names the permission that is missing, and all that are needed', () => {
  const denied = ofAws(
    'AccessDeniedException',
    'is not authorized to perform: cognito-idp:UpdateUserPool on resource',
  );

  expect(explain(denied)?.message).toMatch(
    /lack the permission cognito-idp:UpdateUserPool\..*AttachRoleArn.*cognito-idp:ListUsers \(--revoke\)/,
  );
});

it('explains that Cognito has said nothing of the pool', () => {
  const empty = Object.assign(new Error('nothing'), { name: 'EmptyAnswer' });

  expect(explain(empty)).toMatchObject({
    message: expect.stringContaining('did not say'),
    exit: EXIT.failed,
  });
});

it('says that there is no such pool by an exit code of its own', () => {
  const missing = ofAws('ResourceNotFoundException', 'User pool eu-west-1_Abc does not exist.');

  expect(explain(missing)).toMatchObject({
    message: 'User pool eu-west-1_Abc does not exist. Is it of this account?',
    exit: EXIT.notFound,
  });
});

it('explains a pool that is not there, and leaves bugs alone', () => {
  expect(explain(ofAws('ResourceNotFoundException'))?.message).toContain('the user pool or the table');
  expect(explain(new TypeError('bug'))).toBeUndefined();
});
