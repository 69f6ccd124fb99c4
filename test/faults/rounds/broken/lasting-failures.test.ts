import { LASTING_FAILURES } from '../../cases/lasting-failures.ts';
import { describeBreaks, type NoticedBreak, playAnyOf } from '../../support/play/describe-breaks.ts';

/** What becomes of a step that was done by half. */
const BREAKS: readonly NoticedBreak[] = [
  {
    name: 'a right code that passes although the user’s record cannot be written',
    services: ['verify-auth-challenge'],
    file: 'services/verify-auth-challenge/check-answer.ts',
    text: '(await passUser(deps, answer)) ?',
    replacement: '(await passUser(deps, answer).catch(() => true)) ?',
    caughtBy: 'verify has decided and cannot write the user’s record',
    rounds: 30,
    problem: /^verify did not fail: a step$/,
  },
  {
    name: 'a failure that each try of its write counts',
    services: ['verify-auth-challenge'],
    file: 'shared/table/user-store.ts',
    text: "':round': new Set([round]),",
    replacement: "':round': new Set([round, crypto.randomUUID()]),",
    caughtBy: 'verify has decided and cannot write the user’s record',
    rounds: 80,
    problem: /^2 failures are counted$/,
  },
  {
    name: 'a claimed mail that is recorded only once',
    services: ['create-auth-challenge'],
    file: 'services/create-auth-challenge/create-challenge.ts',
    text: 'const challenge = reused ?? (await challenges.request(order));',
    replacement: "const challenge = kind === 'reuse' ? reused : await challenges.request(order);",
    caughtBy: 'create has claimed a mail and cannot record or start it',
    rounds: 30,
    problem: /^the user record was written 3 times$/,
  },
  {
    name: 'a refused mail that is taken for one without an answer',
    services: ['deliver-code'],
    file: 'services/deliver-code/deliver.ts',
    text: "if (sent.kind === 'refused') await",
    replacement: "if (sent.kind === 'unclear') await",
    caughtBy: 'SES refuses a mail, and the workflow cannot give its order back',
    rounds: 4,
    problem: /^nothing was given back$/,
  },
];

describeBreaks(BREAKS, playAnyOf(LASTING_FAILURES));
