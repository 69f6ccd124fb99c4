import { afterAll, beforeAll, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import {
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

it('mails a user with a domain outside ASCII, and shows the domain as its owner writes it', async () => {
  const user = await createUser(system, { email: 'erika@bücher.example' });

  const first = await provePassword(system.client, user);
  const code = await waitForCode(system, { ...user, email: 'erika@xn--bcher-kva.example' });
  const done = await answerCode(system.client, user, first, code);

  expect(first.ChallengeParameters?.destination).toBe('e***@b***.example');
  expect(done.AuthenticationResult?.IdToken).toBeTruthy();
});

it('ends the sign-in of a user whom SES cannot mail, with a reason, and mails nothing', async () => {
  const user = await createUser(system, { email: 'jörg@example.com' });

  const first = provePassword(system.client, user);

  await expect(first).rejects.toMatchObject({
    name: 'UserLambdaValidationException',
    message: expect.stringContaining('Your email address has letters or signs that our mail cannot carry.'),
  });
  await system.idle();
  expect(mailsTo(system, user)).toEqual([]);
});
